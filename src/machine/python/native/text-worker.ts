/** Entry of a worker for a text or file program of just-bash. */
import { textPrograms } from "../programs/text/just-bash.ts";
import { serveProgram } from "./run-program.ts";

serveProgram(textPrograms);
