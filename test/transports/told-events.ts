import { expect } from '@open-wc/testing';
import type { Frame } from '../../src/protocol/frame.js';
import {
  LinkError,
  type LinkClose,
  type LinkEvents,
  type LinkReport,
} from '../../src/transports/transport.js';

/** Whom a link tells, writing down what it was told. */
export class ToldEvents implements LinkEvents {
  readonly frames: Frame[] = [];
  readonly faults: string[] = [];
  readonly closes: LinkClose[] = [];
  readonly reports: LinkReport[] = [];

  onFrame(frame: Frame): void {
    this.frames.push(frame);
  }

  onFault(error: Error): void {
    this.faults.push(error.message);
  }

  onClose(close: LinkClose): void {
    this.closes.push(close);
  }

  onReport(report: LinkReport): void {
    this.reports.push(report);
  }

  /** The wires that have carried, in order. */
  get wires(): string[] {
    return this.reports.flatMap((report) => (report.kind === 'wire' ? [report.provider] : []));
  }
}

/** The close of an attempt that has to fail. */
export async function failure(promise: Promise<unknown>): Promise<LinkClose> {
  const error = await promise.then(
    () => new Error('it was opened'),
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(LinkError);
  return (error as LinkError).close;
}
