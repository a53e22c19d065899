/** Which names hold keys, and which values are keys in plain sight. */

/** Names of environment variables and settings whose values are keys. */
const secretName = /^(?!.*PUBLIC).*(?:SECRET|PASSWORD|PASSWD|PASSPHRASE|TOKEN|API_?KEY|_KEY|^KEY|_PASS)$/i;

/** `postgresql://shop:password@db/shop`: the password of an address, unless something is put in its place. */
const withPassword = /^[\w+.-]+:\/\/[^:@/\s]*:([^@/\s]+)@/;

/** What stands for a value that comes later: `$KEY`, `${KEY}`, `%(ENV_KEY)s`, `%d/key`, `{{ key }}`, `<key>`, `...`. */
const placeholder = /^(?:\$|%|\{|<|\.{3}|…|x+$|something$)/i;

/** A file's name. */
const path = /^\/[\w.@%-]+(?:\/[\w.@%-]+)+$/;

/** Whether a variable of this name and value gives a key away. */
export function givesKeyAway(name: string, value: string): boolean {
  if (value.trim() === "" || placeholder.test(value)) return false;
  if (hasPassword(value)) return true;
  return secretName.test(name) && !path.test(value);
}

/** Whether a text is an address that holds a password. */
export function hasPassword(value: string): boolean {
  const [, password] = withPassword.exec(value) ?? [];
  return password !== undefined && !/[$%{<]/.test(password);
}
