/**
 * Laravel's proof that a request comes from a page of its own: the token of `<meta name="csrf-token">`, else the one of the
 * cookie. To the page's own origin only: no other may ever see it.
 * @param url where the request goes; may be relative to the page
 * @param refused a header that was not taken; the cookie then counts before the meta element, which is as old as the page
 * @returns the header; none where there is no token, no page, or another origin
 */
export function csrfHeader(
  url: string,
  refused?: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { document, location } = globalThis;
  if (!document || new URL(url, document.baseURI).origin !== location.origin) return {};
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
  const cookie = /(?:^|; )XSRF-TOKEN=([^;]*)/.exec(document.cookie)?.[1];
  const byMeta = meta ? { 'X-CSRF-TOKEN': meta } : undefined;
  const byCookie = cookie ? { 'X-XSRF-TOKEN': decoded(cookie) } : undefined;
  return (refused ? (byCookie ?? byMeta) : (byMeta ?? byCookie)) ?? {};
}

/** Cookies hold whatever somebody wrote into them. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
