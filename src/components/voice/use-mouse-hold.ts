import { useEffect } from 'react';

interface HoldHandlers {
  /** `y`: px from the upper edge. */
  readonly press: (y: number) => void;
  readonly move: (y: number) => void;
  readonly release: () => void;
}

/** Lets a mouse hold a node of a browser as a finger does; a mouse makes no touch events. */
export function useMouseHold(node: unknown, { press, move, release }: HoldHandlers): void {
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5' || !(node instanceof HTMLElement)) return;
    const onMove = ({ clientY }: PointerEvent) => move(clientY);
    const stop = () => {
      globalThis.removeEventListener('pointermove', onMove);
      globalThis.removeEventListener('pointerup', onUp);
    };
    const onUp = () => {
      stop();
      release();
    };
    const onDown = ({ pointerType, button, clientY }: PointerEvent) => {
      if (pointerType !== 'mouse' || button !== 0) return;
      globalThis.addEventListener('pointermove', onMove);
      globalThis.addEventListener('pointerup', onUp);
      press(clientY);
    };
    node.addEventListener('pointerdown', onDown);
    return () => {
      stop();
      node.removeEventListener('pointerdown', onDown);
    };
  }, [node, press, move, release]);
}
