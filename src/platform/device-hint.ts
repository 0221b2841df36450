/**
 * A hash that is likely the same on the next visit from this device and another on most others: SHA-256 of what the
 * browser tells anybody about screen, time zone, languages and platform. No canvas, no fonts: a hint, not an identity. Made
 * only where the page has opted in.
 * @returns 64 hexadecimal digits
 * @throws where there is no `crypto.subtle`, as on insecure pages
 */
export async function deviceHint(): Promise<string> {
  const { screen, navigator, devicePixelRatio } = globalThis;
  const facts = [
    `${screen.width}x${screen.height}x${screen.colorDepth}@${devicePixelRatio}`,
    new Intl.DateTimeFormat().resolvedOptions().timeZone,
    navigator.languages.join(','),
    navigator.platform,
    navigator.hardwareConcurrency,
    navigator.maxTouchPoints,
  ];
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(facts.join('\n')));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
