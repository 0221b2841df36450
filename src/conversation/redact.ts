/** Names of what is secret, in the query of an address or in words. The key of a Pusher app is public. */
const SECRET = /token|auth(?!ority)|secret|passw|signature|session|jwt|bearer/i;

/**
 * An address without secrets: without a user's name, and with the values of its query left out whose names say that they
 * are secret.
 */
export function shownUrl(url: string): string {
  const [before = '', query] = url.replace(/#.*$/, '').split(/\?(.*)/s) as [string, string?];
  const bare = before.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/@]*@/i, '$1');
  if (query === undefined) return bare;
  const pairs = query.split('&').map((pair) => {
    const [name = ''] = pair.split('=', 1);
    return SECRET.test(decoded(name)) && pair !== name ? `${name}=…` : pair;
  });
  return `${bare}?${pairs.join('&')}`;
}

/**
 * Words of a wire without secrets, and not longer than `max` characters.
 * @param secrets what must not stand in them, whatever its name
 */
export function shownWords(words: string, secrets: readonly string[] = [], max = 300): string {
  let shown = words;
  for (const secret of secrets) if (secret) shown = shown.replaceAll(secret, '…');
  shown = shown
    .replace(/\b(?:https?|wss?):\/\/[^\s"'<>]+/gi, shownUrl)
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 …')
    // A colon counts in JSON alone: `resumeToken: expected a string` is no secret.
    .replace(/([\w-]+)(=|["']\s*:\s*["'])([^\s"'&,;}]+)/g, (all, name: string, between: string) =>
      SECRET.test(name) ? `${name}${between}…` : all,
    );
  return shown.length > max ? `${shown.slice(0, max)}…` : shown;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
