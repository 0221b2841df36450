import type { MessageGroup } from '../conversation/timeline.js';

let welcome: MessageGroup | undefined;

/** The first bubble as a group; the same object for the same text. */
export function welcomeGroup(text: string): MessageGroup {
  if (welcome?.messages[0]!.text !== text) {
    const message = { id: 'welcome', role: 'ai', text, sentAt: '' } as const;
    welcome = { kind: 'group', key: 'welcome', role: 'ai', messages: [message] };
  }
  return welcome;
}
