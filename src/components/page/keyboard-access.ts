/** Roles of elements that can be pressed. */
const PRESSED_BY_KEY = new Set(['button', 'tab']);

/**
 * Makes elements with such a role usable by keyboard in a browser: a tab stop, Enter and Space, as a native
 * button has them. Taro's views have only the role.
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
