/**
 * Accessibility attributes that WeChat supports and Taro's templates leave out: without them `ariaLabel` and
 * `ariaRole` are sent to the view with every setData and have no effect. Both the template at build time
 * (index.js) and the runtime (runtime.js) number properties from this table, so both need it.
 */
const aria = { 'aria-role': '', 'aria-label': '' };

module.exports = {
  View: aria,
  Textarea: { 'aria-label': '' },
  Input: { 'aria-label': '' },
  Switch: { 'aria-label': '' },
};
