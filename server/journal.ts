import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { snapshotOf, type HostSnapshot, type JournalEntry } from '../src/testing/host/record.js';

/** Only the owner may read it: it holds what guests wrote, and the secrets that resume their conversations. */
const MODE = 0o600;

/**
 * Conversations in a file: one JSON line per change, appended before anybody hears of it. A process that is killed in the
 * middle of a line loses that change alone, and nobody was told of it.
 */
export class Journal {
  readonly #file: number;
  /** What stood in the file when it was opened. */
  readonly restored: HostSnapshot;

  /** @param path is made when it is missing; a file that is there is tidied up */
  constructor(path: string) {
    this.restored = worthKeeping(snapshotOf(existsSync(path) ? entriesOf(readFileSync(path, 'utf8')) : []));
    // First beside it, then in its place: killed in between, the old file is still whole.
    const fresh = `${path}.new`;
    writeFileSync(fresh, [...linesOf(this.restored)].join(''), { mode: MODE });
    renameSync(fresh, path);
    this.#file = openSync(path, 'a', MODE);
  }

  /** Writes a change. It survives the end of this process when this returns. */
  write(entry: JournalEntry): void {
    writeSync(this.#file, `${JSON.stringify(entry)}\n`);
  }

  /** Closes the file. */
  close(): void {
    closeSync(this.#file);
  }
}

function* entriesOf(text: string): Generator<JournalEntry> {
  for (const line of text.split('\n')) {
    try {
      yield JSON.parse(line) as JournalEntry;
    } catch {
      // The empty rest behind the last line end, or a line the process died in.
    }
  }
}

/** Without the visits that came to nothing: nobody wrote, and the guest told nothing. */
function worthKeeping({ conversations }: HostSnapshot): HostSnapshot {
  return {
    conversations: conversations.filter(
      ({ messages, guest }) => messages.length > 0 || Object.keys(guest).length > 0,
    ),
  };
}

/** The shortest journal that leads to a snapshot. */
function* linesOf({ conversations }: HostSnapshot): Generator<string> {
  for (const { messages, ...conversation } of conversations) {
    yield `${JSON.stringify({ conversation } satisfies JournalEntry)}\n`;
    for (const message of messages) {
      yield `${JSON.stringify({ conversationId: conversation.id, message } satisfies JournalEntry)}\n`;
    }
  }
}
