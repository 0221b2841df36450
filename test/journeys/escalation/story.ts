import { transfer } from '../../../src/testing/host/transfer.js';
import {
  aiReply,
  ManualClock,
  MockChatServer,
  seeded,
  type Playable,
  type QueuePlace,
  type ScenarioData,
  type Voice,
} from '../../../src/testing/index.js';
import { Guest } from './guest.js';
import { pageLivesBy } from './page-time.js';

declare global {
  /** How often each story is told; set by `npm run test:stories`. */
  var STORY_TIMES: number | undefined;
}

/** In the suite each story is told so often, each time with other pauses. */
const USUAL_TIMES = 3;

/** What the assistant of the shop knows. */
const KNOWS = [
  { matches: 'pole', text: 'Sorry to hear that. Poles are covered for two years.' },
  { matches: 'weather', text: 'Take the light one: it will stay dry.' },
  {
    matches: 'everything',
    text: 'First the pegs. Then the poles. Then the sheet. Then the ropes, one by one.',
  },
  { text: 'Hello! Ask me anything about tents.' },
];

/** Waiting guests and guests of the team are left to the team; whoever leaves the queue is let go. */
const DESK: ScenarioData = {
  name: 'desk',
  triggers: [
    { on: 'message', mode: ['queued', 'staff'], steps: [] },
    { on: 'cancel', steps: [{ dequeue: true }] },
  ],
};

/** A person of the team at the desk. */
class Person {
  readonly #voice: (guest: Guest) => Voice;
  #guest: Guest;

  constructor(server: MockChatServer, name: string, guest: Guest) {
    this.#voice = ({ conversation }) => server.staff({ name }, conversation);
    this.#guest = guest;
  }

  joins(guest = this.#guest): void {
    this.#guest = guest;
    this.#voice(guest).joins().reads();
  }

  startsTyping(): void {
    this.#voice(this.#guest).types();
  }

  says(text: string): void {
    this.#voice(this.#guest).says(text).reads();
  }

  handsOverTo(colleague: Person): void {
    const { author } = colleague.#voice(this.#guest);
    colleague.#guest = this.#guest;
    transfer(this.#guest.conversation, author, this.#voice(this.#guest).author.id);
  }

  leaves(): void {
    this.#voice(this.#guest).leaves();
  }
}

/** Everybody and everything that a story may need. */
export interface Stage {
  readonly guest: Guest;
  /** A second guest, in another browser. */
  anotherGuest(): Guest;
  /** People of the team; they join the guest, unless it is said whom. */
  readonly maya: Person;
  readonly jonas: Person;
  /** The queue puts a guest at a place, or moves them there. */
  queue: { movesTo(position: number, guest?: Guest): void };
  readonly assistant: { closesTheConversation(): void };
  /** What becomes of all lines. */
  readonly line: { dies(): void; isBack(): void };
  /** The browsers lose and find their network. */
  readonly network: { isGone(): void; isBack(): void };
  /** Lets seconds pass. */
  passes(seconds: number): Promise<void>;
}

/** Seconds that a place in the queue costs. */
const SECONDS_PER_PLACE = 60;

function stageFor(server: MockChatServer, clock: ManualClock, guests: Guest[]): Stage {
  const anotherGuest = (): Guest => {
    const guest = new Guest(server, clock, `guest-${guests.length + 1}`);
    guests.push(guest);
    return guest;
  };
  const guest = anotherGuest();
  const dies = (): void => void server.network.drop().refuse();
  const isBack = (): void => void server.network.recover();
  const tells = (online: boolean): void => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: online });
    window.dispatchEvent(new Event(online ? 'online' : 'offline'));
  };
  return {
    guest,
    anotherGuest,
    maya: new Person(server, 'Maya', guest),
    jonas: new Person(server, 'Jonas', guest),
    queue: {
      movesTo(position, { conversation } = guest) {
        const place: QueuePlace = { position, waitSeconds: position * SECONDS_PER_PLACE };
        if (conversation.mode !== 'queued') conversation.report('escalated');
        conversation.setMode('queued', place);
      },
    },
    assistant: { closesTheConversation: () => void server.ai(guest.conversation).closes() },
    line: { dies, isBack },
    network: {
      isGone: () => (dies(), tells(false)),
      isBack: () => (isBack(), tells(true)),
    },
    passes: (seconds) => clock.advance(seconds * 1000),
  };
}

/**
 * A story that is told a few times, each time with other pauses, and must end the same. Time passes only when it says so.
 * @param scenarios what the server does by itself beside the assistant, who answers as long as nobody else does
 */
export function story(
  title: string,
  tell: (stage: Stage) => Promise<void>,
  scenarios: readonly Playable[] = [DESK],
): void {
  const times = globalThis.STORY_TIMES ?? USUAL_TIMES;
  for (let time = 1; time <= times; time++) {
    it(`${title} (${time} of ${times})`, async () => {
      const clock = new ManualClock({ random: seeded(time) });
      const server = new MockChatServer({
        ...{ clock, seed: time, unmatched: 'fail' },
        scenarios: [...scenarios, aiReply({ answer: KNOWS, thinkMs: [300, 2000], wordMs: [20, 120] })],
      });
      const guests: Guest[] = [];
      const giveBack = pageLivesBy(clock);
      try {
        await tell(stageFor(server, clock, guests));
        for (const guest of guests) guest.hasLostNothing();
      } finally {
        Reflect.deleteProperty(navigator, 'onLine');
        for (const guest of guests) await guest.isGone();
        giveBack();
        await server.stop();
      }
    }).timeout(60_000);
  }
}
