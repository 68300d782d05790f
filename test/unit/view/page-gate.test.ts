import { PageGate } from '@/components/page-gate';

describe('the gate of a page', () => {
  test('lets everything through while the page is shown', () => {
    const render = jest.fn();
    new PageGate().request(render);
    expect(render).toHaveBeenCalledTimes(1);
  });

  test('holds back what wants to render while the page is hidden, each once', () => {
    const gate = new PageGate();
    const [row, list] = [jest.fn(), jest.fn()];
    gate.hide();
    for (let change = 0; change < 100; change++) gate.request(row);
    gate.request(list);
    expect(row).not.toHaveBeenCalled();

    gate.show();
    expect(row).toHaveBeenCalledTimes(1);
    expect(list).toHaveBeenCalledTimes(1);

    gate.show();
    expect(row).toHaveBeenCalledTimes(1);
  });

  test('forgets a component that has gone meanwhile', () => {
    const gate = new PageGate();
    const render = jest.fn();
    gate.hide();
    gate.request(render);
    gate.cancel(render);
    gate.show();
    expect(render).not.toHaveBeenCalled();
  });

  test('keeps a shown page as it is while it is held', () => {
    const gate = new PageGate();
    const render = jest.fn();
    gate.hold(true);
    gate.request(render);
    gate.show();
    expect(render).not.toHaveBeenCalled();
    gate.hide();
    gate.hold(false);
    expect(render).not.toHaveBeenCalled();
    gate.show();
    expect(render).toHaveBeenCalledTimes(1);
  });
});
