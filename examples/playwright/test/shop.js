import { fileURLToPath } from 'node:url';

const PAGE = `<!doctype html>
<title>Fernway</title>
<script type="module" src="/widget/chat-widget.js"></script>
<chat-widget url="wss://shop.example/chat" heading="Fernway support"></chat-widget>`;

/** Stands in for the web server of the shop: its one page, and the files of the widget. */
export async function serveShop(page) {
  await page.route('https://shop.example/**', (route) => {
    const { pathname } = new URL(route.request().url());
    if (!pathname.startsWith('/widget/')) return route.fulfill({ contentType: 'text/html', body: PAGE });
    const file = pathname.slice('/widget/'.length);
    return route.fulfill({
      path: fileURLToPath(new URL(file, import.meta.resolve('chat-widget-element/cdn'))),
    });
  });
}
