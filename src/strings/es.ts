/** All that the site says in Spanish. What is not here is said in English. */

import { linuxDeviationStrings, pythonDeviationStrings } from "./es/deviations.ts";
import { erasingStrings } from "./es/erasing.ts";
import { hiddenCharacterStrings } from "./es/hidden-characters.ts";
import { labStrings } from "./es/lab.ts";
import { besideStrings } from "./es/lab-beside.ts";
import { chartStrings } from "./es/lab-charts.ts";
import { exerciseStrings } from "./es/lab-exercise.ts";
import { explainStrings } from "./es/lab-explain.ts";
import { faultStrings } from "./es/lab-faults.ts";
import { followStrings } from "./es/lab-follow.ts";
import { paneStrings } from "./es/lab-panes.ts";
import { repairStrings } from "./es/lab-repair.ts";
import { trustStrings } from "./es/lab-trust.ts";
import { watchedStrings } from "./es/lab-watched.ts";
import { learningStrings } from "./es/learning.ts";
import {
  downloadProblems,
  linuxMachineStrings,
  machineSteps,
  nodeMachineStrings,
  pythonMachineStrings,
  sealedFrameStrings,
} from "./es/machine.ts";
import { projectStrings } from "./es/project.ts";
import { assignmentStrings, receiptStrings } from "./es/receipts.ts";
import { replayStrings } from "./es/replay.ts";
import { reviewStrings } from "./es/review.ts";
import { shareStrings } from "./es/share.ts";
import { siteStrings } from "./es/site.ts";
import type { Translation } from "./translation.ts";

/** What pages say in Spanish while they are read: what their script brings. */
export const spanish: Translation = {
  assignmentStrings,
  besideStrings,
  chartStrings,
  downloadProblems,
  erasingStrings,
  exerciseStrings,
  explainStrings,
  faultStrings,
  followStrings,
  hiddenCharacterStrings,
  labStrings,
  learningStrings,
  linuxMachineStrings,
  machineSteps,
  nodeMachineStrings,
  paneStrings,
  projectStrings,
  pythonMachineStrings,
  receiptStrings,
  repairStrings,
  replayStrings,
  reviewStrings,
  sealedFrameStrings,
  shareStrings,
  siteStrings,
  trustStrings,
  watchedStrings,
};

/** What only the build says, so that the script of Spanish pages does without it. */
export const spanishInBuild: Translation = { linuxDeviationStrings, pythonDeviationStrings };
