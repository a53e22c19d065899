/** Entry of a worker for a program without CPython: it is there in a few milliseconds. */
import { nativePrograms } from "./programs.ts";
import { serveProgram } from "./run-program.ts";

serveProgram(nativePrograms);
