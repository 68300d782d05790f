import type { FastifyInstance } from 'fastify';
import { escapeXml, hueOf } from './svg-text';

/** Placeholder for the emulator's address in seeded URLs, because the port may change between runs. */
export const OWN_ORIGIN = 'emulator://';

/** Replaces OWN_ORIGIN by the emulator's current address. */
export function withOrigin(text: string, origin: string): string {
  return text.replaceAll(OWN_ORIGIN, `${origin}/`);
}

export function avatarUrl(name: string): string {
  return `${OWN_ORIGIN}pictures/avatar/${encodeURIComponent(name)}.svg`;
}

export function pictureUrl(caption: string, width: number, height: number): string {
  return `${OWN_ORIGIN}pictures/${width}x${height}/${encodeURIComponent(caption)}.svg`;
}

/** Returns the text of an avatar: the last Chinese character, or the initials. */
function initials(name: string): string {
  const chinese = /\p{Script=Han}/gu;
  const characters = name.match(chinese);
  if (characters) return characters.at(-1) ?? '';
  return name
    .split(/\s+/)
    .map((word) => word.charAt(0).toUpperCase())
    .slice(0, 2)
    .join('');
}

function avatarSvg(name: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96">
<rect width="96" height="96" fill="hsl(${hueOf(name)} 45% 48%)"/>
<text x="48" y="50" fill="#fff" font-family="PingFang SC, Noto Sans CJK SC, sans-serif" font-size="40" text-anchor="middle" dominant-baseline="central">${escapeXml(initials(name))}</text>
</svg>`;
}

function pictureSvg(caption: string, width: number, height: number): string {
  const hue = hueOf(caption);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="hsl(${hue} 60% 72%)"/><stop offset="1" stop-color="hsl(${(hue + 40) % 360} 70% 88%)"/></linearGradient></defs>
<rect width="${width}" height="${height}" fill="url(#sky)"/>
<circle cx="${width * 0.75}" cy="${height * 0.3}" r="${height * 0.12}" fill="#fff" fill-opacity="0.9"/>
<path d="M0 ${height} L${width * 0.3} ${height * 0.45} L${width * 0.55} ${height} Z" fill="hsl(${hue} 30% 40%)"/>
<path d="M${width * 0.35} ${height} L${width * 0.65} ${height * 0.55} L${width} ${height} Z" fill="hsl(${hue} 30% 50%)"/>
<text x="16" y="${height - 16}" fill="#fff" font-family="PingFang SC, Noto Sans CJK SC, sans-serif" font-size="20">${escapeXml(caption)}</text>
</svg>`;
}

const SVG = 'image/svg+xml; charset=utf-8';

/** Adds the routes for avatars and pictures of the seeded world, which are drawn on request. */
export function registerPictures(app: FastifyInstance): void {
  app.get<{ Params: { name: string } }>('/pictures/avatar/:name', async (request, reply) => {
    return reply.type(SVG).send(avatarSvg(request.params.name.replace(/\.svg$/, '')));
  });
  app.get<{ Params: { size: string; caption: string } }>(
    '/pictures/:size/:caption',
    async (request, reply) => {
      const [width = 0, height = 0] = request.params.size.split('x').map(Number);
      const sane = (length: number): number => (length > 0 && length <= 4000 ? length : 400);
      const caption = request.params.caption.replace(/\.svg$/, '');
      return reply.type(SVG).send(pictureSvg(caption, sane(width), sane(height)));
    },
  );
}
