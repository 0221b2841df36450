import type { SystemEvent } from '../../protocol/message.js';

/** English words of a system message, for widgets that do not know its `event`. */
export function systemLine(event: SystemEvent, name = 'Support'): string {
  const lines: Record<SystemEvent, string> = {
    'conversation-started': 'Conversation started',
    escalated: 'You asked to talk to a person',
    'queue-left': 'You left the queue.',
    'staff-joined': `${name} joined`,
    'staff-left': `${name} left`,
    'staff-transferred': `${name} took over`,
    'conversation-ended': 'Conversation ended',
  };
  return lines[event];
}
