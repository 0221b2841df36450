import { createReadStream, existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';

/** Where the widget's own files are: beside the built command, or in `dist` beside its source. */
const HOMES = ['./', '../dist/'];

/** A page with the widget on it, to try the story at once. @param about what is where */
export function frontPage(about: string): string {
  const text = about.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>chat-widget mock server</title>
<link rel="icon" href="data:,">
<script type="module" src="/widget/chat-widget.js"></script>
<pre>${text}</pre>
<chat-widget url="/chat" heading="Mock server" persistence="session"></chat-widget>
</html>
`;
}

/** Answers with a script of the widget. */
export function widgetFile(name: string, response: ServerResponse): void {
  // The names that the build gives, and nothing else: there are no folders in them.
  const isOurs = /^chat-widget[\w-]*\.js$/.test(name);
  const places = isOurs ? HOMES.map((home) => fileURLToPath(new URL(home + name, import.meta.url))) : [];
  const file = places.find((place) => existsSync(place));
  if (file === undefined) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' });
  createReadStream(file).pipe(response);
}
