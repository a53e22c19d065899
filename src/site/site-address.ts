/**
 * The address that a host gives the site in `PUBLIC_SITE_ADDRESS`: pictures for links need one, and nothing else does.
 */

/** With its closing slash; `undefined` if none was given. Throws, with a corrected line, if it is none. */
export function siteAddress(setting: string | undefined): URL | undefined {
  if (setting === undefined || setting.trim() === "") return undefined;
  const address = URL.canParse(setting) ? new URL(setting) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol) || address.search !== "" || address.hash !== "") {
    throw new Error(
      `PUBLIC_SITE_ADDRESS is no address of a site: ${setting}. Write e.g.: PUBLIC_SITE_ADDRESS=https://courses.example.org/two-servers/`,
    );
  }
  if (!address.pathname.endsWith("/")) address.pathname += "/";
  return address;
}
