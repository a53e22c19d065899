import { inLanguage } from "../in-language.ts";

/** What a class sees that predicts without a server, and its teacher. In English. */
export const classAnswerStrings = inLanguage("classAnswerStrings", {
  student: {
    title: "What do you expect?",
    description: "Your class's predictions: choose, and show the code to your teacher.",
    needsScript: "This page needs JavaScript: what you choose is in the code that it draws.",
    lesson: "Lesson",
    choose: "Choose a lesson, or open the link that your teacher shows.",
    hint: "Nothing is sent. The code and the link hold your choices and a made-up name; they reach your teacher when you show or send them.",
    left: (count: number) => (count === 1 ? "1 question is left." : `${count} questions are left.`),
    code: "Your code for the teacher",
    show: "Show this code to your teacher's camera, or send the link.",
    copy: "Copy the link",
    copied: "Copied.",
    notCopied: "The browser did not allow copying: copy it from the field.",
    link: "Link for the teacher",
  },
  teacher: {
    title: "What the class expects",
    description: "Counts the predictions of a class from their codes or links, in this browser alone.",
    introduction:
      "Show your class the code on the slide with the prediction. Each student chooses on a phone and gets a code with the answer in it. Read the codes with your phone's camera: each opens this page, which counts it. Or let the class send you the links, and paste them here all at once.",
    needsScript: "This page needs JavaScript.",
    paste: "Links from students",
    add: "Add",
    added: (come: number, all: number) =>
      `${come === 1 ? "1 answer" : `${come} answers`} read; ${all === 1 ? "1 student" : `${all} students`} so far.`,
    none: "There is no answer in this text.",
    newer: "Some answers were made by a newer version of this site and are not counted.",
    unknown: "Some answers are for lessons that this site does not have, and are not counted.",
    students: (count: number) => (count === 1 ? "1 student" : `${count} students`),
    choice: "Choice",
    count: "Students",
    erase: "Erase these answers",
    erased: "Erased.",
    empty: "No answers yet.",
    kept: "What was counted is kept in this browser until you erase it.",
    notKept: "This browser keeps nothing: what was counted is gone when you leave the page.",
  },
} as const);
