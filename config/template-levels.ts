/**
 * Levels of templates in base.wxml. Each level repeats the templates of all elements: 3.9 KB of the main package. The
 * default of Taro is 16. Deeper nodes are drawn by a component of Taro, which costs time: the tests of the built
 * package fail when a page has more levels. Taro's types do not know the option (`baseLevel`).
 */
export const TEMPLATE_LEVELS = 12;
