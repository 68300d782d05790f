import { PageGate } from '@/components/page/page-gate';

describe('the gate of a page', () => {
  test('passes every render while the page is shown', () => {
    const render = jest.fn();
    new PageGate().requestRender(render);
    expect(render).toHaveBeenCalledTimes(1);
  });

  test('holds each render once while the page is hidden', () => {
    const gate = new PageGate();
    const [row, list] = [jest.fn(), jest.fn()];
    gate.hide();
    for (let change = 0; change < 100; change++) gate.requestRender(row);
    gate.requestRender(list);
    expect(row).not.toHaveBeenCalled();

    gate.show();
    expect(row).toHaveBeenCalledTimes(1);
    expect(list).toHaveBeenCalledTimes(1);

    gate.show();
    expect(row).toHaveBeenCalledTimes(1);
  });

  test('drops a component that was unmounted meanwhile', () => {
    const gate = new PageGate();
    const render = jest.fn();
    gate.hide();
    gate.requestRender(render);
    gate.cancelRender(render);
    gate.show();
    expect(render).not.toHaveBeenCalled();
  });

  test('keeps a shown page unchanged while it is held', () => {
    const gate = new PageGate();
    const render = jest.fn();
    gate.setHeld(true);
    gate.requestRender(render);
    gate.show();
    expect(render).not.toHaveBeenCalled();
    gate.hide();
    gate.setHeld(false);
    expect(render).not.toHaveBeenCalled();
    gate.show();
    expect(render).toHaveBeenCalledTimes(1);
  });
});
