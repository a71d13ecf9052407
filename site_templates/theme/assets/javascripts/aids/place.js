/* Where the site's root is, and under which name this device keeps what belongs to it. */

export const root = new URL("../../../", import.meta.url);
// Several sites may share a host, and with it the browser's storage.
export const KEY = `papershelf:${root.pathname}`;
