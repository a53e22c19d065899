/**
 * Whether whoever builds the site lets its readers fetch packages from PyPI (`PUBLIC_PYPI`): only then may the pages
 * for readers' own apps ask it.
 */

/** Off unless it is turned on. Throws, with a corrected line, if it is neither. */
export function pypiAllowed(setting: string | undefined): boolean {
  if (setting === "on") return true;
  if (setting === undefined || setting.trim() === "" || setting === "off") return false;
  throw new Error(`PUBLIC_PYPI is neither on nor off: ${setting}. Write e.g.: PUBLIC_PYPI=off`);
}
