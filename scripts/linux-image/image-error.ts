/** Something that stops the building of the Linux image. The message is for the reader of the terminal. */
export class ImageError extends Error {}
