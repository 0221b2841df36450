/**
 * The playground's page: what is chosen stands in its address; a change makes another play, another look or another
 * weather, and the inspector shows what comes of it.
 */
import '../../src/define.js';
import {
  CHOICES,
  FIRST,
  hashOf,
  readConfiguration,
  type Choice,
  type Configuration,
} from './configuration.js';
import { Controls } from './controls.js';
import { Diary } from './diary.js';
import { Frames } from './frames.js';
import { Inspector } from './inspector.js';
import { markupOf } from './markup.js';
import { dress, NEW_PLAY, setUp, teammate, type Play } from './play.js';
import { problemsOf } from './story.js';
import { NO_TROUBLE, pretendOnline, type Trouble } from './weather.js';
import { hasLiveServer } from './wires.js';

/** How often the logs of the server are looked at, in milliseconds: they are lists, and tell nobody that they have grown. */
const LOOK_MS = 100;

const form = document.querySelector<HTMLFormElement>('#controls')!;
const place = document.querySelector<HTMLElement>('#window')!;
const controls = new Controls(form);
const storyBox = controls.one<HTMLTextAreaElement>('#story');
let configuration: Configuration = FIRST;
let trouble: Trouble = NO_TROUBLE;
let play: Play | undefined;
const small = matchMedia('(width < 860px), (height < 480px)');
const frames = new Frames();
const diary = new Diary(() => inspector.renew());
const inspector: Inspector = new Inspector(document.querySelector<HTMLElement>('#inspector')!, {
  frames,
  diary,
  messages: () => play?.widget.messages ?? [],
});

/** Counts the plays that were asked for: one that comes too late is ended at once. */
let asked = 0;

/** How long something that was told is shown, in milliseconds. */
const TOLD_MS = 6000;
let telling: ReturnType<typeof setTimeout> | undefined;

/** Says something to the visitor, also to one who cannot see it. */
function tell(words: string): void {
  const told = controls.one('#told');
  clearTimeout(telling);
  telling = setTimeout(() => (told.textContent = ''), TOLD_MS);
  // The same words twice are two pieces of news.
  told.textContent = '';
  requestAnimationFrame(() => (told.textContent = words));
}

/** Begins a play, in place of the one there is. */
async function begin(): Promise<void> {
  const number = ++asked;
  setTrouble(NO_TROUBLE);
  const { widget: before } = play ?? {};
  const open = before ? before.open : !small.matches;
  await play?.end();
  play = undefined;
  const next = await setUp(configuration, (overheard) => {
    frames.hear(overheard);
    inspector.renew();
  });
  if (number !== asked) return next.end();
  play = next;
  frames.restart();
  frames.clear();
  diary.clear();
  diary.listen(next.widget);
  next.widget.open = open;
  next.live?.onPlug((plugged) => showTrouble({ ...trouble, cut: !plugged }));
  setTrouble(NO_TROUBLE);
  place.append(next.widget);
}

function setTrouble(next: Trouble): void {
  // What the browser tells comes after the lines are cut, and after they can be had again.
  play?.weather.set(next, configuration);
  if (play?.live && next.cut !== trouble.cut) play.live.setPlugged(!next.cut);
  showTrouble(next);
  pretendOnline(!next.offline);
}

function showTrouble(next: Trouble): void {
  trouble = next;
  const words = {
    cut: ['Cut the line', 'Mend the line'],
    offline: ['Go offline', 'Go online'],
    frozen: ['Freeze the server', 'Thaw the server'],
  } as const;
  for (const name of ['cut', 'offline', 'frozen'] as const) {
    const button = controls.one<HTMLButtonElement>(`[data-trouble=${name}]`);
    button.textContent = words[name][Number(trouble[name])]!;
    button.classList.toggle('on', trouble[name]);
  }
}

/** Shows what is chosen, on the page and in its address. */
function show(): void {
  controls.show(configuration);
  controls.one('#markup').textContent = markupOf(configuration);
  document.documentElement.dataset.theme = configuration.theme;
  place.classList.toggle('inline', configuration.mode === 'inline');
  place.dir = configuration.dir;
  const hash = hashOf(configuration);
  history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
}

/** Chooses something else. */
function choose(change: Partial<Configuration>): void {
  const changed = CHOICES.filter((name) => name in change && change[name] !== configuration[name]);
  configuration = { ...configuration, ...change };
  show();
  if (changed.some((name) => (NEW_PLAY as readonly Choice[]).includes(name))) return void begin();
  if (!play) return;
  dress(play.widget, configuration);
  if (changed.some((name) => ['delay', 'duplicate', 'reorder'].includes(name))) setTrouble(trouble);
}

/** Takes what the address says, and says what it could not take. */
function readAddress(): void {
  const reading = readConfiguration(location.hash);
  const complaints = [...reading.complaints];
  configuration = reading.configuration;
  if (configuration.wire === 'live' && !hasLiveServer) {
    complaints.push('The live server is only there where npm start serves this page.');
    configuration = { ...configuration, wire: FIRST.wire };
  }
  complain(complaints);
  storyBox.value = configuration.story;
  showProblems();
  show();
  void begin();
}

function complain(complaints: readonly string[]): void {
  const notice = controls.one('#complaints');
  notice.hidden = complaints.length === 0;
  notice.replaceChildren(...complaints.map(paragraph));
}

function paragraph(words: string): HTMLElement {
  return Object.assign(document.createElement('p'), { textContent: words });
}

/** Says what is wrong with the story in the box. @returns whether it can be played */
function showProblems(): boolean {
  const problems = problemsOf(storyBox.value);
  storyBox.setAttribute('aria-invalid', String(problems.length > 0));
  controls.one('#story-problems').replaceChildren(...problems.map(paragraph));
  return problems.length === 0;
}

/** Copies a text. Where the browser does not let a page do that, it is shown. */
async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell(done);
  } catch {
    const markup = controls.one('#markup');
    markup.textContent = text;
    getSelection()?.selectAllChildren(markup);
    tell('This browser does not let pages copy. The text is selected: copy it from there.');
  }
}

/** Does something as one of the team, in a conversation that has to be there. */
function asTeam(act: (voice: NonNullable<ReturnType<typeof teammate>>) => void): void {
  const name = controls.one<HTMLInputElement>('#staff-name').value.trim() || 'Noor';
  const voice = play && teammate(play, name);
  if (voice) act(voice);
  else tell('There is no conversation yet: open the chat first.');
}

/** What the buttons do. */
const acts: Readonly<Record<string, () => void>> = {
  story() {
    if (!showProblems()) return tell('This story cannot be played yet.');
    const { value } = storyBox;
    if (value === configuration.story) return void begin();
    // A story that is too long for an address is played, too; only the link has to do without it.
    choose({ story: value });
  },
  again: () => void begin(),
  restart: () => play?.server?.shutDown({ retryAfterMs: 1000 }),
  drop: () => play?.weather.drop(),
  refuse: () => play?.weather.refuse(controls.number('#refuse')),
  corrupt: () => play?.weather.corrupt(controls.number('#corrupt')),
  close: () => play?.weather.close(Number(controls.one<HTMLSelectElement>('#code').value)),
  recover() {
    choose({ delay: '0', duplicate: '', reorder: '' });
    setTrouble(NO_TROUBLE);
    tell('All faults have ended.');
  },
  'staff-types': () => asTeam((voice) => voice.joins().types()),
  'staff-says': () =>
    asTeam((voice) => voice.joins().says(controls.one<HTMLInputElement>('#staff-words').value || '…')),
  'staff-leaves': () => asTeam((voice) => voice.leaves()),
  'copy-html': () => void copy(markupOf(configuration), 'The HTML is copied.'),
  'copy-link': () => void copy(location.href, 'The link is copied.'),
  reset() {
    const leaving = play?.widget;
    void (async () => {
      // Only a chat that was used has something to forget.
      if (leaving?.client) await leaving.reset();
      history.replaceState(null, '', location.pathname + location.search);
      readAddress();
      tell('Everything is as it was at first, and the conversation is forgotten.');
    })();
  },
};

// On a small screen the sections that are not needed at once are closed.
if (small.matches)
  for (const section of form.querySelectorAll('details[data-roomy]')) section.removeAttribute('open');

form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('change', ({ target }) => {
  const { name, value } = controls.read(target) ?? {};
  if (!name) return;
  const { complaints, configuration: read } = readConfiguration(`${new URLSearchParams({ [name]: value! })}`);
  complain(complaints);
  if (complaints.length === 0) choose({ [name]: read[name] });
});
form.addEventListener('input', ({ target }) => {
  if (target === storyBox) showProblems();
});
form.addEventListener('click', ({ target }) => {
  const { act, trouble: name } =
    (target as Element).closest<HTMLElement>('[data-act], [data-trouble]')?.dataset ?? {};
  if (act) acts[act]?.();
  if (name) setTrouble({ ...trouble, [name]: !trouble[name as keyof Trouble] });
});
addEventListener('hashchange', readAddress);
setInterval(() => {
  if (!play?.server) return;
  if (frames.read(play.server.log, play.exchanges)) inspector.renew();
}, LOOK_MS);

readAddress();
