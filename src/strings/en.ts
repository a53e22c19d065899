/** Every word of the interface, in English. Lessons and labs carry their own words in `content/`. */
export const en = {
  site: {
    title: "Two Servers",
    description: "Short lessons on one question: why not just run `flask run` in production?",
  },
} as const;
