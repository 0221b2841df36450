/** The conversation: everything that is said, by whom, and how the line is. */
import { CwGroup } from '../cw-group.js';
import { CwHeader } from '../cw-header.js';
import { CwMessage } from '../cw-message.js';
import { CwNotice } from '../cw-notice.js';
import { CwQueue } from '../cw-queue.js';
import { CwTranscript } from '../cw-transcript.js';
import { CwTyping } from '../cw-typing.js';
import { texts as english } from '../../i18n/en/thread.js';
import type { Part } from './part.js';
import { header } from '../styles/header.js';
import { message } from '../styles/message.js';
import { transcript } from '../styles/transcript.js';
import { typing } from '../styles/typing.js';

export const elements: Part['elements'] = {
  'cw-group': CwGroup,
  'cw-header': CwHeader,
  'cw-message': CwMessage,
  'cw-notice': CwNotice,
  'cw-queue': CwQueue,
  'cw-transcript': CwTranscript,
  'cw-typing': CwTyping,
};

export const styles: Part['styles'] = [header, transcript, message, typing];

export const texts: Part['texts'] = english;
