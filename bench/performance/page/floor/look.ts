/** How the floor and the naive list look: the boxes, corners, colours and lines of a usual chat, and nothing above that. */
export const LOOK = `
:host, .host { display: block; block-size: 100%; font: 15px/22px system-ui, sans-serif; color: #1b1f24; }
* { box-sizing: border-box; margin: 0; }
.panel { block-size: 100%; display: flex; flex-direction: column; background: #fff; border-radius: 20px; overflow: hidden; }
header { display: flex; align-items: center; gap: 12px; padding: 16px; background: #0b6a73; color: #fff; }
h2 { font: 650 17px/24px system-ui, sans-serif; }
.transcript { position: relative; flex: 1; min-block-size: 0; overflow: hidden auto; overflow-anchor: none; padding: 20px 16px 0; }
.day { display: flex; align-items: center; gap: 12px; margin-block: 4px 16px; font: 600 12px/16px system-ui; color: #5b6470; }
.day::before, .day::after { content: ''; flex: 1; border-block-start: 1px solid #e3e6ea; }
.group { display: grid; grid-template-columns: 28px minmax(0, 1fr); column-gap: 8px; margin-block-end: 16px; }
.group.guest { grid-template-columns: minmax(0, 1fr); }
.avatar { inline-size: 28px; block-size: 28px; border-radius: 50%; display: grid; place-items: center; background: #e4f1f2; color: #0b6a73; }
.avatar svg { inline-size: 18px; block-size: 18px; fill: none; stroke: currentColor; stroke-width: 1.8; }
.group-body { display: flex; flex-direction: column; align-items: flex-start; gap: 3px; min-inline-size: 0; }
.guest .group-body { align-items: flex-end; }
.author { display: flex; align-items: center; gap: 8px; font: 650 13px/18px system-ui; }
.role-tag { padding-inline: 4px; border: 1px solid #bcdcdf; border-radius: 6px; font: 600 12px/16px system-ui; color: #0b6a73; background: #e4f1f2; }
.bubble { max-inline-size: min(84%, 34em); padding: 8px 12px; border: 1px solid transparent; border-radius: 18px; overflow-wrap: anywhere; white-space: pre-wrap; }
.bubble.guest { background: #0b6a73; color: #fff; border-end-end-radius: 6px; }
.bubble.ai { max-inline-size: 100%; background: #f4f6f8; border-color: #e3e6ea; border-start-start-radius: 6px; white-space: normal; }
.bubble > * + * { margin-block-start: 8px; }
.bubble pre { padding: 12px; border-radius: 12px; background: #1b1f24; color: #f4f6f8; overflow-x: auto; }
.bubble code { font: 13px/20px ui-monospace, monospace; }
.bubble blockquote { padding-inline-start: 12px; border-inline-start: 3px solid #bcdcdf; }
.bubble table { border-collapse: collapse; }
.bubble :is(td, th) { padding: 4px 8px; border-block-end: 1px solid #e3e6ea; text-align: start; }
.bubble :is(ul, ol) { padding-inline-start: 24px; }
.meta { display: flex; align-items: center; gap: 4px; padding-inline: 4px; font: 12px/16px system-ui; color: #5b6470; }
.meta svg { inline-size: 16px; block-size: 16px; fill: none; stroke: currentColor; }
.status { display: inline-flex; align-items: center; gap: 4px; }
.vh { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.composer { display: flex; gap: 8px; padding: 12px 16px; border-block-start: 1px solid #e3e6ea; }
textarea { flex: 1; field-sizing: content; min-block-size: 40px; max-block-size: 140px; padding: 8px 12px; border: 1px solid #c6ccd3; border-radius: 12px; font: inherit; resize: none; }
`;
