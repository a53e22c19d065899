import type { LabDefinition } from "../../lab-definition/schema.ts";

/** A lab with two plans, as the first one of the course is. */
export const firstLab: LabDefinition = {
  title: "The first load test",
  machine: "python",
  files: ["app.py"],
  sides: {
    development: { title: "Development server", command: "flask --app app run" },
    production: { title: "Production server", command: "gunicorn -w 2 -b 0.0.0.0:8000 app:app" },
  },
  plans: [
    {
      name: "quick",
      label: "A quick page",
      requests: [{ path: "/" }],
      users: 10,
      seconds: 6,
      timeout: 10,
      waitsOnly: false,
    },
    {
      name: "slow",
      label: "A slow page",
      requests: [{ path: "/io" }],
      users: 10,
      seconds: 6,
      timeout: 10,
      waitsOnly: true,
    },
  ],
  controls: ["kill"],
  paths: { byHand: "/", warm: "/", hang: "/hang", leak: "/leak" },
};
