const TRACKING = /^(?:utm_\w+|gclid|fbclid|msclkid|yclid|mc_[ce]id|_ga|ref_src)$/i;

/**
 * An absolute http(s) address without fragment and tracking parameters; `//host/…` becomes https. Undefined when it is none, or longer
 * than 2,048 characters.
 */
export function normaliseUrl(text: string): string | undefined {
  let raw = text.trim();
  if (raw.length > 2048 || raw.length < 4) return undefined;
  if (raw.startsWith('//')) raw = `https:${raw}`;
  else if (/^www\./i.test(raw)) raw = `https://${raw}`;
  if (!/^https?:\/\//i.test(raw)) return undefined;
  try {
    const url = new URL(raw);
    url.hash = '';
    if (url.search !== '')
      for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
    return url.href;
  } catch {
    return undefined;
  }
}
