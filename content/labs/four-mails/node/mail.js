const { appendFileSync, existsSync, readFileSync } = require("node:fs");

function sendNewsletter() {
  // Stands for a mail to all customers. Each side shows the file.
  const time = new Date().toTimeString().slice(0, 8);
  appendFileSync("sent.txt", `${time} newsletter, sent by process ${process.pid}\n`);
}

function countSent() {
  return existsSync("sent.txt") ? readFileSync("sent.txt", "utf8").trimEnd().split("\n").length : 0;
}

module.exports = { countSent, sendNewsletter };
