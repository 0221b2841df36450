import { expect } from '@open-wc/testing';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { StoreController } from '../../src/elements/controllers/store-controller.js';
import { fakeClient } from './fake-client.js';

/** Stands in for an element: connected, disconnected and updated by hand. */
class Host implements ReactiveControllerHost {
  requested = 0;
  readonly updateComplete = Promise.resolve(true);
  readonly #controllers: ReactiveController[] = [];
  addController(controller: ReactiveController): void {
    this.#controllers.push(controller);
  }
  removeController(): void {}
  requestUpdate(): void {
    this.requested += 1;
  }
  tell(moment: 'hostConnected' | 'hostDisconnected' | 'hostUpdate'): void {
    for (const controller of this.#controllers) controller[moment]?.();
  }
}

describe('StoreController', () => {
  it('asks for an update when its selection changes, and only then', () => {
    const host = new Host();
    const client = fakeClient();
    const chat = new StoreController(
      host,
      () => client,
      ({ open, answering }) => ({ open, answering }),
    );
    host.tell('hostUpdate');
    client.set({ hasOlder: true });
    expect(host.requested).to.equal(0);
    client.set({ open: true });
    expect(host.requested).to.equal(1);
    expect(chat.value).to.deep.equal({ open: true, answering: 'ai' });
  });

  it('has the initial state without a client, and follows an exchange', () => {
    const host = new Host();
    const [one, other] = [fakeClient({ open: true }), fakeClient()];
    let client: typeof one | undefined;
    const chat = new StoreController(
      host,
      () => client,
      ({ open }) => ({ open }),
    );
    host.tell('hostUpdate');
    expect(chat.value).to.deep.equal({ open: false });
    client = one;
    host.tell('hostUpdate');
    expect(chat.value).to.deep.equal({ open: true });
    client = other;
    host.tell('hostUpdate');
    expect(chat.value).to.deep.equal({ open: false });
    one.set({ open: false });
    expect(host.requested).to.equal(0);
    client = one;
    one.set({ open: true });
    host.tell('hostUpdate');
    client = undefined;
    host.tell('hostUpdate');
    expect(chat.value).to.deep.equal({ open: false });
  });

  it('hears nothing while its host is out of the page, and catches up', () => {
    const host = new Host();
    const client = fakeClient();
    const chat = new StoreController(
      host,
      () => client,
      ({ open }) => ({ open }),
    );
    host.tell('hostUpdate');
    host.tell('hostDisconnected');
    client.set({ open: true });
    expect(host.requested).to.equal(0);
    host.tell('hostConnected');
    expect(host.requested).to.equal(1);
    host.tell('hostUpdate');
    expect(chat.value).to.deep.equal({ open: true });
  });
});
