/** What a host of the site can set for the Node machine, in `astro.env` or in the environment of the build. */

/** The key of StackBlitz's plan that covers this site, if there is one. */
export const webContainerApiKey: string | undefined = import.meta.env.PUBLIC_WEBCONTAINER_API_KEY || undefined;
