/// <reference types="vite/client" />

/** What a host of the site can set when building it. `astro.env` explains each. */
interface ImportMetaEnv {
  readonly PUBLIC_NODE_MACHINE?: string;
  readonly PUBLIC_WEBCONTAINER_API_KEY?: string;
  readonly PUBLIC_OFFLINE?: string;
  readonly PUBLIC_PYPI?: string;
  readonly PUBLIC_SITE_ADDRESS?: string;
}

/** Trusted Types, which TypeScript's own declarations do not know: as much of them as the site uses. */
declare class TrustedHTML {
  private constructor();
  toString(): string;
}

interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: { readonly createHTML: (html: string) => string },
  ): { createHTML(html: string): TrustedHTML };
}

declare var trustedTypes: TrustedTypesFactory | undefined;

interface DOMParser {
  parseFromString(html: string | TrustedHTML, type: DOMParserSupportedType): Document;
}

/** Pagefind's interface, which comes without types: as much of it as the site uses. */
declare module "@pagefind/default-ui/npm_dist/mjs/ui-core.mjs" {
  export class PagefindUI {
    constructor(options: { readonly element: string });
  }
}
