/**
 * iOS 12 and Chrome 70 (.browserslistrc) support parameters, destructuring and template literals, with a few
 * defects. The preset, without `bugfixes`, rewrites all of these constructs; this configuration rewrites only
 * the defects, and assigns fields instead of defining them (TypeScript refuses a field over an accessor). It
 * saves 26 KB of the package.
 */
module.exports = {
  assumptions: { noDocumentAll: true, setPublicClassFields: true },
  presets: [
    [
      'taro',
      {
        framework: 'react',
        ts: true,
        compiler: 'webpack5',
        useBuiltIns: false,
        include: [
          'bugfix/transform-edge-default-parameters',
          'bugfix/transform-safari-id-destructuring-collision-in-function-expression',
          'bugfix/transform-safari-rest-destructuring-rhs-array',
          'bugfix/transform-tagged-template-caching',
        ],
        exclude: ['transform-parameters', 'transform-destructuring', 'transform-template-literals'],
      },
    ],
  ],
};
