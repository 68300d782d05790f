const path = require('node:path');

/**
 * The path of a file in a form for generated source. taro-loader 4.2.1 (lib/app.js) puts each runtimePath
 * into an import statement without escaping: a backslash of Windows would start an escape sequence there.
 * webpack accepts `C:/...` as an absolute path.
 */
function importPath(directory, file, system = path) {
  const joined = system.join(directory, file);
  return system.sep === '\\' ? joined.replaceAll('\\', '/') : joined;
}

module.exports = { importPath };
