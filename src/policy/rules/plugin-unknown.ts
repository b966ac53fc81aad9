import { nearest } from '../../models/nearest';
import { Rule } from '../rule';

export const pluginUnknown: Rule = {
  id: 'plugin-unknown',
  kind: 'safety',
  check: ({ plugins, catalog, release }) => plugins.filter(plugin => !catalog.plugins.includes(plugin)).map(plugin => {
    const near = nearest(plugin, catalog.plugins).map(each => `'${each}'`);
    return `plugins names '${plugin}', which OpenClaw ${release} does not bundle; ${near.length > 0 ? `did you mean ${near.join(', ')}? ` : ''}`
      + 'plugins that are not bundled need an image of your own';
  }),
};
