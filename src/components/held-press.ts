/**
 * In a browser the press that is held ends with a click, where the finger is lifted: on the menu that the
 * press has opened, or on what closes it. That click is nobody's. A mini-program has no such click.
 */
export function ignoreRelease(): void {
  if (process.env.TARO_ENV !== 'h5') return;
  const swallow = (click: Event) => {
    click.stopPropagation();
    click.preventDefault();
    stop();
  };
  const stop = () => {
    window.removeEventListener('click', swallow, true);
    window.removeEventListener('pointerdown', stop, true);
  };
  window.addEventListener('click', swallow, true);
  // The next press; whether the release of this one makes a click depends on the browser.
  window.addEventListener('pointerdown', stop, true);
}
