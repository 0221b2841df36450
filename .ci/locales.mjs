/**
 * Holds the languages together, and the elements to them. Every language has all texts of English, no others, with the same
 * values and with the plural forms that it needs; a part says only what is fetched with it; templates have no words of their
 * own; styles know no left and right. Runs on tsx, since it reads the texts themselves.
 */
import { readdirSync } from 'node:fs';
import { texts as FORMS } from '../src/i18n/en/forms.js';
import { texts as BADGE } from '../src/i18n/en/badge.js';
import { texts as LAUNCHER } from '../src/i18n/en/launcher.js';
import { texts as PANEL } from '../src/i18n/en/panel.js';
import { texts as RICH_TEXT } from '../src/i18n/en/rich-text.js';
import { texts as THREAD } from '../src/i18n/en/thread.js';
import { LOCALES } from '../src/i18n/locales.js';
import { ENGLISH } from '../src/i18n/strings.js';
import { TONGUES } from '../src/i18n/tongue.js';
import { files, importsOf, read, walk } from './source.mjs';

/** @typedef {import('../src/i18n/text.js').Text} Text */
/** @typedef {Readonly<Record<string, Text>>} Texts */

/** English by the file that has it in the other languages. */
const SETS = /** @type {const} */ ({
  panel: { ...LAUNCHER, ...BADGE, ...PANEL },
  thread: { ...THREAD, ...RICH_TEXT },
  forms: FORMS,
});

/** Texts that count by place, “2nd”, and not by number. */
const ORDINAL = new Set(['person.nth']);

/** Texts of which only the first sentence is shown when there is nothing to count; so it must not count itself. */
const CUT = ['net.reconnecting', 'net.restored'];
const FIRST_SENTENCE = /^[^{]+?(?:[…。！？]|[.!?।؟](?=\s|$))/u;

/** Attributes that are read out or shown. */
const SPOKEN =
  /\b(?:aria-label|aria-description|aria-valuetext|title|placeholder|alt)=(?:"[^"]*\p{L}|[^"\s>]*\p{L})/u;

/** @type {string[]} */
const problems = [];

const formsOf = (/** @type {Text} */ text) => (typeof text === 'string' ? { other: text } : text);
const valuesOf = (/** @type {string} */ form) =>
  [...form.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
const namesOf = (/** @type {Text} */ text) =>
  [...new Set(Object.values(formsOf(text)).flatMap(valuesOf))].toSorted().join();

/** Categories that whole numbers fall into; what only millions or fractions need is not asked for. */
function categories(/** @type {string} */ locale, /** @type {string} */ key) {
  const rules = new Intl.PluralRules(locale, { type: ORDINAL.has(key) ? 'ordinal' : 'cardinal' });
  const used = new Set(Array.from({ length: 1000 }, (_, n) => rules.select(n)));
  return { used: [...used], known: rules.resolvedOptions().pluralCategories };
}

function checkText(
  /** @type {string} */ locale,
  /** @type {string} */ key,
  /** @type {Text} */ text,
  /** @type {Text} */ english,
) {
  const at = `${locale} ${key}:`;
  if (namesOf(text) !== namesOf(english))
    problems.push(`${at} has the values {${namesOf(text)}}, English has {${namesOf(english)}}`);
  for (const [name, form] of Object.entries(formsOf(text))) {
    if (form.trim() === '' || form !== form.trim()) problems.push(`${at} is empty or has spaces around it`);
    if (/'|\.\.\./.test(form)) problems.push(`${at} has ' or ... and not ’ or …`);
    // “One message” needs no number; what stands for many numbers does.
    if (!/zero|one|two/.test(name) && namesOf(english) !== valuesOf(form).toSorted().join())
      problems.push(`${at} the form ${name} lacks a value`);
    if (CUT.includes(key) && !FIRST_SENTENCE.test(form))
      problems.push(`${at} begins with no sentence that can stand alone`);
  }
  const { used, known } = categories(locale, key);
  if (typeof text !== 'string') {
    const own = Object.keys(text);
    const missing = [...used, 'other'].filter((name) => !own.includes(name));
    const wrong = own.filter((name) => !known.includes(/** @type {Intl.LDMLPluralRule} */ (name)));
    if (missing.length > 0) problems.push(`${at} lacks the plural forms ${missing.join(', ')}`);
    if (wrong.length > 0)
      problems.push(`${at} has plural forms that ${locale} does not know: ${wrong.join(', ')}`);
  } else if (typeof english !== 'string' && used.length > 1 && !ORDINAL.has(key)) {
    problems.push(`${at} has no plural forms, and ${locale} has ${used.join(', ')}`);
  }
}

function checkSet(/** @type {string} */ locale, /** @type {Texts} */ texts, /** @type {Texts} */ english) {
  for (const key of Object.keys(english)) {
    if (texts[key] === undefined) problems.push(`${locale} ${key}: is missing`);
  }
  for (const [key, text] of Object.entries(texts)) {
    const usual = english[key];
    if (usual === undefined) problems.push(`${locale} ${key}: is no text of this set`);
    else checkText(locale, key, text, usual);
  }
}

/** Files that come with one, itself included. */
function closure(/** @type {string} */ file, seen = new Set([file])) {
  for (const { file: target, kind } of importsOf(file)) {
    if (target && kind === 'value' && !seen.has(target)) closure(target, seen.add(target));
  }
  return seen;
}

/** A part, once it is here, has the texts that its files name. */
function checkPart(/** @type {string} */ file, /** @type {Texts} */ texts) {
  for (const source of closure(file)) {
    if (!source.startsWith('elements/')) continue;
    for (const node of walk(read(source).body)) {
      const key = node.type === 'Literal' && typeof node.value === 'string' ? node.value : '';
      if (Object.hasOwn(ENGLISH, key) && !Object.hasOwn(texts, key))
        problems.push(`src/${source}: says ${key}, which does not come with ${file}`);
    }
  }
}

/** Words in a template, or in an attribute that is spoken, belong to the texts. */
function checkTemplates(/** @type {string} */ file) {
  const { body, line } = read(file);
  for (const node of walk(body)) {
    if (node.type !== 'TaggedTemplateExpression' || !['html', 'svg'].includes(node.tag.name)) continue;
    const markup = node.quasi.quasis
      .map((/** @type {{ value: { cooked: string } }} */ { value }) => value.cooked)
      .join('\0');
    const words = /[^\s\0]*\p{L}[^\0]*/u.exec(markup.replace(/<[^>]*>/g, '\0'))?.[0].trim();
    const spoken = SPOKEN.exec(markup)?.[0];
    if (words ?? spoken)
      problems.push(`src/${file}:${line(node.start)}: words of its own: ${words ?? spoken}`);
  }
}

/** What mirrors by itself has no sides. */
function checkStyles(/** @type {string} */ file) {
  const { body, line } = read(file);
  for (const node of walk(body)) {
    if (node.type !== 'TaggedTemplateExpression' || node.tag.name !== 'css') continue;
    for (const quasi of node.quasi.quasis) {
      // What a screen cuts off is cut off on the same side in every language.
      const css = String(quasi.value.cooked)
        .replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/\S/g, ' '))
        .replace(/env\(safe-area-inset-[a-z]+\)/g, (inset) => '0'.padEnd(inset.length));
      for (const { index, 0: found } of css.matchAll(
        /(?<![\w-])(?:[a-z-]+-)?(?:left|right)(?:-[a-z-]+)?(?![\w-])/g,
      ))
        problems.push(`src/${file}:${line(quasi.start + index)}: ${found} has a side`);
      // Four values go round: the second is the right side, the fourth the left.
      for (const { index, 1: name, 2: values } of css.matchAll(
        /(?<![\w-])(padding|margin|inset|border-radius|border-width|scroll-margin|scroll-padding):\s*([^;{}]+);/g,
      )) {
        const [, right, , left] = values?.match(/(?:[\w.%-]|\([^()]*(?:\([^()]*\)[^()]*)*\))+/g) ?? [];
        if (left !== undefined && left !== right)
          problems.push(`src/${file}:${line(quasi.start + index)}: ${name} has a side: ${values}`);
      }
    }
  }
}

const folders = readdirSync('src/i18n', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'en')
  .map(({ name }) => name);
const lists = { 'folders of src/i18n': folders, 'locales.ts': Object.keys(LOCALES), 'tongue.ts': TONGUES };
if (new Set(Object.values(lists).map((names) => names.toSorted().join())).size > 1)
  problems.push(`the languages differ: ${JSON.stringify(lists)}`);

for (const set of /** @type {(keyof typeof SETS)[]} */ (Object.keys(SETS))) {
  checkSet('en', SETS[set], SETS[set]);
  for (const [locale, doors] of Object.entries(LOCALES))
    checkSet(locale, (await doors[set]()).texts, SETS[set]);
}
// Unread messages are counted by what brings their words.
checkPart('define.ts', { ...LAUNCHER, ...BADGE });
checkPart('elements/parts/panel.ts', SETS.panel);
checkPart('elements/parts/thread.ts', { ...SETS.panel, ...THREAD });
checkPart('elements/parts/rich-text.ts', { ...SETS.panel, ...SETS.thread });
for (const file of files.filter((name) => name.startsWith('elements/'))) {
  checkTemplates(file);
  checkStyles(file);
}

for (const problem of problems) console.error(problem);
console.log(
  `locales: ${TONGUES.length + 1} languages, ${Object.keys(ENGLISH).length} texts, ${problems.length} problems`,
);
process.exitCode = problems.length > 0 ? 1 : 0;
