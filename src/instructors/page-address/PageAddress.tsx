/**
 * The whole address of a page of this site, with its QR code, for paper and for slides. A site knows its address only
 * where it is open, unless its host has said it (`PUBLIC_SITE_ADDRESS`).
 */
import { useEffect, useState } from "preact/hooks";
import { QrCode } from "../../learning/receipt/QrCode.tsx";
import { isOwnComputer, siteRoot } from "../../site-root.ts";
import { addressStrings } from "../../strings/strings.ts";

/** What a page gives. */
export interface PageAddressProps {
  /** Below the site's root. */
  readonly path: string;
  /** Of the page that it leads to. */
  readonly title: string;
  /** The site's address, where the build knows it. */
  readonly site?: string;
}

/** The code and the address. Before scripts run, and without a known address: the path alone. */
export function PageAddress({ path, title, site }: PageAddressProps) {
  const [root, setRoot] = useState(site);
  useEffect(() => {
    if (site === undefined) setRoot(siteRoot().href);
  }, [site]);
  const address = root === undefined ? undefined : new URL(path, root);
  return (
    <div class="page-address">
      {address && <QrCode text={address.href} label={addressStrings.qr(title)} />}
      <p>
        <span class="page-address-text">{address?.href ?? path}</span>
        {address && isOwnComputer(address) && <span class="page-address-local">{addressStrings.local}</span>}
      </p>
    </div>
  );
}
export default PageAddress;
