import { PacedGate } from '@/packages/chatroom/room/paced-gate';
import { PageGate } from '@/components/page/page-gate';

jest.mock('react-dom', () => ({ flushSync: (work: () => void) => work() }));

describe('the pace of a page', () => {
  let page: PageGate;
  let gate: PacedGate;
  const rendered: string[] = [];
  const first = () => void rendered.push('first');
  const second = () => void rendered.push('second');
  const soon = () => Promise.resolve().then(() => undefined);

  beforeEach(() => {
    jest.useFakeTimers();
    rendered.length = 0;
    page = new PageGate();
    gate = new PacedGate(page);
  });
  afterEach(() => jest.useRealTimers());

  it('renders all updates of an action together, at once after a quiet time', async () => {
    gate.requestRender(first);
    gate.requestRender(second);
    gate.requestRender(first);
    expect(rendered).toEqual([]);
    await soon();
    expect(rendered).toEqual(['first', 'second']);
  });

  it('delays soon following updates once', async () => {
    gate.requestRender(first);
    await soon();
    gate.requestRender(second);
    gate.requestRender(second);
    await soon();
    expect(rendered).toEqual(['first']);
    jest.advanceTimersByTime(112);
    expect(rendered).toEqual(['first', 'second']);
  });

  it('does not delay an update after an action of the user', async () => {
    gate.requestRender(first);
    await soon();
    gate.requestRender(second);
    gate.flushNow();
    await soon();
    expect(rendered).toEqual(['first', 'second']);
  });

  it('holds all updates while the page is hidden, and drops unmounted components', async () => {
    page.hide();
    gate.requestRender(first);
    gate.requestRender(second);
    await soon();
    gate.cancelRender(first);
    expect(rendered).toEqual([]);
    page.show();
    expect(rendered).toEqual(['second']);
  });
});
