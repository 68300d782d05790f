/**
 * Ignores the click after a long press. In a browser a long press ends with a click where the finger is
 * lifted: on the menu that the press has opened, or on the mask that closes the menu. A mini-program has no
 * such click.
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
  // Ends with the next press; whether this press makes a click depends on the browser.
  window.addEventListener('pointerdown', stop, true);
}
