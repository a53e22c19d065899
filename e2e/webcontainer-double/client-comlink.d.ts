/** The copy of Comlink inside `@webcontainer/api`, as far as the double uses it. */
declare module "*/@webcontainer/api/dist/vendor/index.js" {
  export const Comlink: {
    expose(api: object, port: MessagePort): void;
    proxy<T extends object>(value: T): T;
  };
}
