import type { ScenarioData, Step } from '../script/scenario-data.js';

const SCRIPT = '<img src=x onerror="globalThis.hacked=true"><script>globalThis.hacked=true</script>';

/** Frames that are wrong, or come from nowhere. A widget drops each and goes on. */
const FRAMES: readonly Step[] = [
  { frame: { type: 'surprise', text: SCRIPT } },
  { frame: { type: 'message' } },
  { frame: { type: 'message', message: { id: 7, seq: 'x', role: 'admin', text: null } } },
  { frame: { type: 'delta', id: 'nowhere', offset: 99, text: 'from nowhere' } },
  { frame: { type: 'ack', clientId: 'nobody', id: 'x', seq: -1, sentAt: 'yesterday' } },
  { frame: { type: 'mode', mode: 'root' } },
  { frame: { type: 'typing', author: { id: '__proto__', role: 'staff', name: SCRIPT }, active: true } },
  { frame: { type: 'typing', author: { id: '__proto__', role: 'staff' }, active: false } },
  { frame: { type: 'receipt', upTo: 1e9, kind: 'read', by: { id: 'x', role: 'staff' } } },
];

/** Texts that want out of their bubble. */
const TEXTS: readonly Step[] = [
  { say: SCRIPT },
  { say: SCRIPT, format: 'plain' },
  {
    say: '[click](javascript:alert(1)) [data](data:text/html,<script>alert(1)</script>) ![](https://x.invalid/a.png)',
  },
  { say: 'a\u202Eevil\u202C \u0000 \u200B\u200F \uFEFF', format: 'plain' },
  { say: `${'W'.repeat(4000)}`, format: 'plain' },
  { say: `${'> '.repeat(200)}deep ${'*'.repeat(500)} ${'['.repeat(500)}` },
  { say: `Z${'\u034E\u0323\u0301'.repeat(300)}`, format: 'plain' },
  {
    say: 'Choose:',
    actions: [
      { label: SCRIPT, value: 'x' },
      { label: 'y'.repeat(500), value: 'y' },
    ],
    sources: [{ title: SCRIPT, url: 'javascript:alert(1)' }],
  },
  {
    stream: ['```html\n', SCRIPT, '\n``', '`\n<b>', 'bold</b> &lt;i&gt; [', 'x](javas', 'cript:alert(1))'],
    wordMs: 10,
  },
];

/**
 * A server that has been taken over: markup and scripts in texts, names, links and quick replies, characters that hide or
 * turn round, endless words, frames that are wrong. All of it must stand there as text, and the chat must go on.
 */
export function hostile(): ScenarioData {
  return {
    name: 'hostile',
    about: 'A server that says what no server should. The chat goes on, and everything is text.',
    people: {
      mallory: { name: `${SCRIPT}\u202EMallory`, avatarUrl: 'javascript:globalThis.hacked=true' },
    },
    triggers: [
      { on: 'message', mode: 'ai', steps: [...FRAMES, ...TEXTS] },
      {
        on: 'escalate',
        steps: [{ queue: 1 }, { join: 'mallory' }, { say: SCRIPT, by: 'mallory' }, { leave: 'mallory' }],
      },
    ],
  };
}
