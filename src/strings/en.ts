/** All that the site says in English, a part for each room. Another language is another door with the same names. */
export { accessibilityStrings } from "./en/accessibility.ts";
export { adoptionStrings, dataProtectionStrings, objectiveStrings } from "./en/adoption.ts";
export { auditStrings } from "./en/audit.ts";
export { checkComputerStrings } from "./en/check-computer.ts";
export { chooserStrings } from "./en/chooser.ts";
export { classAnswerStrings } from "./en/class-answers.ts";
export { conformanceCriteria, conformanceStrings } from "./en/conformance.ts";
export { linuxDeviationStrings, pythonDeviationStrings } from "./en/deviations.ts";
export { embedStrings } from "./en/embed.ts";
export { erasingStrings } from "./en/erasing.ts";
export { hiddenCharacterStrings } from "./en/hidden-characters.ts";
export { hostingStrings } from "./en/hosting.ts";
export { labStrings } from "./en/lab.ts";
export { besideStrings } from "./en/lab-beside.ts";
export { chartStrings } from "./en/lab-charts.ts";
export { exerciseStrings } from "./en/lab-exercise.ts";
export { explainStrings } from "./en/lab-explain.ts";
export { faultStrings } from "./en/lab-faults.ts";
export { followStrings } from "./en/lab-follow.ts";
export { paneStrings } from "./en/lab-panes.ts";
export { repairStrings } from "./en/lab-repair.ts";
export { trustStrings } from "./en/lab-trust.ts";
export { watchedStrings } from "./en/lab-watched.ts";
export { learningStrings } from "./en/learning.ts";
export {
  assumptionStrings,
  downloadProblems,
  linuxMachineStrings,
  machineSteps,
  nodeMachineStrings,
  pythonMachineStrings,
  sealedFrameStrings,
} from "./en/machine.ts";
export { packageStrings } from "./en/packages.ts";
export { privacyStrings } from "./en/privacy.ts";
export { projectStrings } from "./en/project.ts";
export { assignmentStrings, receiptStrings } from "./en/receipts.ts";
export { replayStrings } from "./en/replay.ts";
export { reviewStrings } from "./en/review.ts";
export { serviceWorkerStrings } from "./en/service-worker.ts";
export { shareStrings } from "./en/share.ts";
export { siteStrings } from "./en/site.ts";
export { addressStrings, slideStrings } from "./en/slides.ts";
