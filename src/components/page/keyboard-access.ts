/** Roles of elements that can be pressed. */
const PRESSED_BY_KEY = new Set(['button', 'tab']);

/**
 * Makes the pages usable by keyboard and screen reader in a browser. Elements with such a role get a tab stop, Enter
 * and Space, as a native button has them: Taro's views have only the role. Lists that scroll get a tab stop, pictures
 * without a text an empty one, because the button around a picture has the label, and the field inside of Taro's inputs
 * and switches gets their label.
 */
export function enableKeyboard(): void {
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'attributes') offerStop(target as Element);
      for (const node of addedNodes) if (node instanceof Element) offerStops(node);
    }
  });
  observer.observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributeFilter: ['role'],
  });
  offerStops(document.documentElement);
  document.addEventListener('keydown', press);
}

function offerStops(root: Element): void {
  offerStop(root);
  for (const element of root.querySelectorAll('[role]')) offerStop(element);
  for (const image of within(root, 'img:not([alt])')) image.setAttribute('alt', '');
  for (const list of within(root, 'taro-scroll-view-core')) list.setAttribute('tabindex', '0');
  for (const field of within(root, 'input:not([aria-label]), textarea:not([aria-label])')) {
    const label = field.closest('[aria-label]')?.getAttribute('aria-label');
    if (label) field.setAttribute('aria-label', label);
  }
}

function within(root: Element, selector: string): Element[] {
  const below = [...root.querySelectorAll(selector)];
  return root.matches(selector) ? [root, ...below] : below;
}

function offerStop(element: Element): void {
  if (isPressable(element)) element.setAttribute('tabindex', '0');
  else if (element.hasAttribute('role')) element.removeAttribute('tabindex');
}

function isPressable(element: Element): boolean {
  return PRESSED_BY_KEY.has(element.getAttribute('role') ?? '');
}

function press(event: KeyboardEvent): void {
  const { target, key, repeat } = event;
  if (event.defaultPrevented || (key !== 'Enter' && key !== ' ')) return;
  if (!(target instanceof HTMLElement) || !isPressable(target)) return;
  // Space would scroll the list otherwise.
  event.preventDefault();
  if (!repeat) target.click();
}
