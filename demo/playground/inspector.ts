import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatMessage } from '../../src/index.js';
import type { Diary, EventRecord } from './diary.js';
import { MAX_FRAMES, spread, type FrameRecord, type Frames } from './frames.js';

/** What an inspector looks at. */
export interface Inspected {
  readonly frames: Frames;
  readonly diary: Diary;
  /** The conversation as the widget has it. */
  messages(): readonly ChatMessage[];
}

/** Which frames are shown. */
interface Filter {
  readonly from: '' | FrameRecord['from'];
  /** What must occur in them, in whatever case. */
  readonly text: string;
}

const ARROWS = { guest: '↑', server: '↓', line: '·' } as const;
const FROM = { guest: 'From the guest', server: 'From the server', line: 'Line' } as const;

/** How far a message has to come before it no longer waits. */
const WAITING = ['queued', 'sending', 'failed'];

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** Shows what goes on inside: frames, states of the line, the outbox, events of the element. */
export class Inspector {
  readonly #place: HTMLElement;
  readonly #inspected: Inspected;
  #filter: Filter = { from: '', text: '' };
  /** Frames that are spread out, by id. */
  readonly #opened = new Set<number>();
  #asked = false;

  constructor(place: HTMLElement, inspected: Inspected) {
    this.#place = place;
    this.#inspected = inspected;
    this.#draw();
  }

  /** Something has changed: draws it with the next frame of the screen. */
  renew(): void {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#draw();
    });
  }

  #draw(): void {
    const { diary } = this.#inspected;
    render(html`${this.#outbox()} ${timeline(diary)} ${this.#frames()} ${events(diary)}`, this.#place);
  }

  #outbox(): TemplateResult {
    const waiting = this.#inspected
      .messages()
      .filter(({ role, delivery }) => role === 'guest' && WAITING.includes(delivery ?? ''));
    return html`<details class="card" open>
      <summary><h2>Outbox</h2><span class="count">${waiting.length}</span></summary>
      ${
        waiting.length === 0
          ? html`<p class="none">Nothing waits to be sent.</p>`
          : html`<ol class="rows" id="outbox">
              ${repeat(
                waiting,
                ({ id }) => id,
                ({ text, delivery, failure }) =>
                  html`<li><b class="tag ${delivery}">${delivery}</b> <bdi>${text}</bdi>${failure ? ` (${failure.code})` : nothing}</li>`,
              )}
            </ol>`
      }
    </details>`;
  }

  #frames(): TemplateResult {
    const { frames } = this.#inspected;
    const { from, text } = this.#filter;
    const wanted = text.toLowerCase();
    const shown = frames.records.filter(
      (record) =>
        (!from || record.from === from) &&
        (!wanted || `${record.title} ${record.text}`.toLowerCase().includes(wanted)),
    );
    return html`<details class="card frames" open>
      <summary><h2>Frames</h2><span class="count">${shown.length}</span></summary>
      <div class="filter">
        <div class="field"><label for="frames-from">From</label>
          <select id="frames-from" @change=${this.#filterFrom}>
            <option value="">Everybody</option>
            <option value="guest">The guest</option>
            <option value="server">The server</option>
            <option value="line">The line</option>
          </select>
        </div>
        <div class="field"><label for="frames-filter">Filter</label>
          <input id="frames-filter" type="search" autocomplete="off" @input=${this.#filterText} />
        </div>
        <button type="button" class="act" @click=${this.#clear}>Clear</button>
      </div>
      ${
        shown.length === 0
          ? html`<p class="none">${frames.records.length === 0 ? 'Nothing has gone over the wire yet.' : 'No frame fits.'}</p>`
          : html`<ol class="rows scrolls" id="frames" tabindex="0" aria-label="Frames, the newest first; the last ${MAX_FRAMES} are kept">
              ${repeat(
                shown,
                ({ id }) => id,
                (record) => this.#frame(record),
              )}
            </ol>`
      }
    </details>`;
  }

  #frame(record: FrameRecord): TemplateResult {
    const { id, at, from, title, text, lost } = record;
    const head = html`<span class="arrow ${from}" aria-hidden="true">${ARROWS[from]}</span><span class="spoken">${FROM[from]}: </span><b>${title}</b>${lost ? html` <b class="tag failed">lost</b>` : nothing} <time datetime=${new Date(at).toISOString()}>${clock.format(at)}</time>`;
    if (from === 'line') return html`<li class="frame line">${head}</li>`;
    return html`<li class="frame">
      <details @toggle=${(event: Event) => this.#spread(id, event)}>
        <summary>${head}<code class="gist" dir="ltr">${text.slice(0, 160)}</code></summary>
        ${this.#opened.has(id) ? html`<pre class="code" dir="ltr" tabindex="0" role="group" aria-label="${title}, all of it">${spread(text)}</pre>` : nothing}
      </details>
    </li>`;
  }

  readonly #filterFrom = (event: Event): void => {
    this.#filter = { ...this.#filter, from: (event.target as HTMLSelectElement).value as Filter['from'] };
    this.#draw();
  };

  readonly #filterText = (event: Event): void => {
    this.#filter = { ...this.#filter, text: (event.target as HTMLInputElement).value };
    this.#draw();
  };

  readonly #clear = (): void => {
    this.#inspected.frames.clear();
    this.#opened.clear();
    this.#draw();
  };

  #spread(id: number, event: Event): void {
    if ((event.target as HTMLDetailsElement).open) this.#opened.add(id);
    else this.#opened.delete(id);
    this.#draw();
  }
}

function timeline({ statuses }: Diary): TemplateResult {
  return html`<details class="card" open>
    <summary><h2>Line</h2><span class="count">${statuses[0]?.status ?? 'idle'}</span></summary>
    ${
      statuses.length === 0
        ? html`<p class="none">The line has not been used yet.</p>`
        : html`<ol class="rows scrolls few" id="statuses" tabindex="0" aria-label="States of the line, the newest first">
            ${repeat(
              statuses,
              ({ id }) => id,
              ({ at, status, words }) =>
                html`<li class="state" data-status=${status}><span>${words}</span> ${time(at)}</li>`,
            )}
          </ol>`
    }
  </details>`;
}

function events({ events: records }: Diary): TemplateResult {
  return html`<details class="card">
    <summary><h2>Events</h2><span class="count">${records.length}</span></summary>
    ${
      records.length === 0
        ? html`<p class="none">The element has said nothing yet.</p>`
        : html`<ol class="rows scrolls" id="events" tabindex="0" aria-label="Events of the element, the newest first">
            ${repeat(records, ({ id }) => id, eventRow)}
          </ol>`
    }
  </details>`;
}

function eventRow({ at, type, words }: EventRecord): TemplateResult {
  return html`<li><b>${type}</b> <span>${words}</span> ${time(at)}</li>`;
}

function time(at: number): TemplateResult {
  return html`<time datetime=${new Date(at).toISOString()}>${clock.format(at)}</time>`;
}
