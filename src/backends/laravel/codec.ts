import type { Send } from '../../protocol/client-command.js';
import {
  defineCodec,
  type Codec,
  type CodecCommand,
  type CommandTable,
  type EventTable,
} from '../../protocol/codec.js';
import type { Frame } from '../../protocol/frame.js';
import type { LooseEvent } from '../../protocol/loose-event.js';
import type { Session } from '../../protocol/session.js';
import {
  compileEvents,
  compilePath,
  compileTemplate,
  valuesOf,
  type EventMeaning,
  type EventVocabulary,
} from '../mapping.js';
import {
  HISTORY,
  NEWS,
  SEND,
  START,
  TOLD,
  USUAL_EVENTS,
  USUAL_FIELDS,
  type LaravelOptions,
  type LaravelRoute,
  type LaravelRouteName,
} from './wire.js';

/** Commands that have a route of their own name. */
const COMMANDS = [
  ...(['send', 'history', 'read', 'escalate', 'rate', 'stop', 'identify', 'end'] as const),
] satisfies LaravelRouteName[];

/** A way to speak, and what a body cannot tell. */
export interface LaravelSpeech {
  /** Translates. */
  readonly codec: Codec<LooseEvent>;
  /** The answer that the guest has chosen with a message, by the data of its frame: not every body carries it. */
  actionOf(data: unknown): Send['action'];
}

/** Translates between the protocol and a Laravel chat: commands become requests, broadcasts become events. */
export function laravelSpeech(
  options: LaravelOptions,
  routes: Readonly<Partial<Record<LaravelRouteName, LaravelRoute>>>,
): LaravelSpeech {
  const { resend = 'safe', typingWhisper = 'typing', deviceHintField = 'client_fingerprint' } = options;
  const { namespace = 'App\\Events', events = USUAL_EVENTS } = options;
  const vocabulary = vocabularyOf(options);
  const actions = new WeakMap<object, Send['action']>();
  const commands: Record<string, (command: CodecCommand, session: Session) => Frame> = {};
  for (const name of COMMANDS) {
    const route = routes[name];
    if (!route) continue;
    // The query of a page is filled in by its route; every other route says what it sends.
    const fill = compileTemplate(
      name === HISTORY ? { afterId: '$afterId', beforeId: '$beforeId', limit: '$limit' } : (route.body ?? {}),
      `routes.${name}.body`,
    );
    commands[name] = (command, session) => {
      const data = { ...(fill(valuesOf(command, session)) as object), ...hinted(session, deviceHintField) };
      if (command.type === 'send' && command.action) actions.set(data, command.action);
      return { event: name, data };
    };
  }
  const whisper = typingWhisper && `client-${typingWhisper}`;
  if (routes.typing || whisper) commands['typing'] = typingCommand(routes.typing, whisper || '');
  const codec = defineCodec<LooseEvent>({
    traits: { ack: 'reply', greets: true, resend, resume: routes.history ? 'history' : 'none' },
    commands: commands as CommandTable,
    events: {
      ...compileEvents(
        {
          [START]: 'welcome',
          [`${HISTORY}:answer`]: 'history',
          ...(whisper && { [whisper]: { kind: 'typing', values: { role: 'staff' } } }),
          ...spelled(events, namespace),
        },
        vocabulary,
      ),
      [NEWS]: readNews(vocabulary),
      [`${SEND}:answer`]: readAnswer(options, vocabulary),
      'escalate:answer': readQueue(vocabulary),
      [TOLD]: (data) => data as LooseEvent,
    },
  });
  const names = [...Object.keys(spelled(events, namespace)), ...(whisper ? [whisper] : []), NEWS];
  return { codec: { ...codec, names }, actionOf: (data) => actions.get(data as object) };
}

/** What holds for all payloads: the page's words before those that are usual. */
function vocabularyOf({ fields, roles, modes }: LaravelOptions): EventVocabulary {
  return { fields: { ...USUAL_FIELDS, ...fields }, ...(roles && { roles }), ...(modes && { modes }) };
}

/** The device hint goes with every request, under the name that the backend has for it. */
export function hinted({ deviceHint }: Session, field: string): Record<string, string> {
  return deviceHint ? { [field]: deviceHint } : {};
}

/** Whispered where nobody has to keep it, else told by a request. */
function typingCommand(
  route: LaravelRoute | undefined,
  whisper: string,
): (command: CodecCommand, session: Session) => Frame {
  // At least one key: Reverb makes a list of an empty object.
  const template = { typing: '$active', active: '$active', role: 'guest' };
  const fill = compileTemplate(
    route ? (route.body ?? { active: '$active' }) : template,
    'routes.typing.body',
  );
  return (command, session) => ({
    event: route ? 'typing' : whisper,
    data: fill(valuesOf(command, session)),
  });
}

/** Each event under every name that it has on the wire. Names are compared letter by letter, as Laravel does. */
function spelled(
  events: Readonly<Record<string, EventMeaning>>,
  namespace: string,
): Record<string, EventMeaning> {
  const named: Record<string, EventMeaning> = {};
  for (const [name, meaning] of Object.entries(events)) {
    const bare = name.replace(/^[.\\]/, '');
    named[bare] = meaning;
    // A class is broadcast under its whole name unless it says otherwise.
    if (/^[A-Z]\w*$/.test(bare) && bare === name) named[`${namespace}\\${bare}`] = meaning;
  }
  return named;
}

/** A page that was polled is news, never the answer to a question for history. */
function readNews(vocabulary: EventVocabulary): EventTable<LooseEvent>[string] {
  const { history } = compileEvents({ history: 'history' }, vocabulary, NEWS);
  return (data, onFault) =>
    ([history!(data, onFault)].flat() as LooseEvent[]).flatMap((event) =>
      event.type === 'history'
        ? event.messages.map((message): LooseEvent => ({ type: 'message', message }))
        : [],
    );
}

/** The answer to a message confirms it, and may bring the reply of a bot at once. */
function readAnswer(
  { reply = ['reply', 'response', 'answer'] }: LaravelOptions,
  vocabulary: EventVocabulary,
): EventTable<LooseEvent>[string] {
  const find = compilePath(reply, 'reply');
  const { ack, said } = compileEvents(
    {
      ack: { kind: 'ack', at: ['message', 'data', ''], fields: { id: ['id', 'message_id', 'messageId'] } },
      said: 'message',
    },
    vocabulary,
    `${SEND}:answer`,
  );
  return (data, onFault) => {
    const found = find(data);
    const answers = found === undefined ? [] : Array.isArray(found) ? (found as unknown[]) : [found];
    return [
      ack!(data, onFault),
      ...answers.map((each) => said!(typeof each === 'string' ? { text: each } : each, onFault)),
    ].flat() as LooseEvent[];
  };
}

/** Whoever asked for a person waits for one, unless the answer says otherwise. */
function readQueue(vocabulary: EventVocabulary): EventTable<LooseEvent>[string] {
  const { mode } = compileEvents(
    { mode: { kind: 'mode', at: ['data', ''], values: { mode: 'queued' } } },
    { ...vocabulary, fields: { ...vocabulary.fields, mode: vocabulary.fields?.mode ?? ['mode', 'status'] } },
    'escalate:answer',
  );
  return (data, onFault) => {
    try {
      return mode!(data, onFault);
    } catch {
      // Any word that is not ours, such as "ok".
      return mode!({}, onFault);
    }
  };
}
