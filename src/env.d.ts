/// <reference types="vite/client" />

/** What a host of the site can set when building it. `astro.env` explains each. */
interface ImportMetaEnv {
  readonly PUBLIC_NODE_MACHINE?: string;
  readonly PUBLIC_WEBCONTAINER_API_KEY?: string;
  readonly PUBLIC_OFFLINE?: string;
  readonly PUBLIC_SITE_ADDRESS?: string;
}
