// Keeps one page of ours for when a page cannot be fetched. Nothing else is ever kept: no page with
// people in it stays on a shared PC.
const STORE = "offline-1";
const PAGE = "/_kit/offline";

async function keep() {
  const store = await caches.open(STORE);
  const page = await fetch(PAGE, { credentials: "omit" });
  const text = await page.clone().text();
  await store.put(PAGE, page);
  const files = [...text.matchAll(/(?:href|src)="(\/static\/[^"]+\.(?:css|svg))"/g)].map((m) => m[1]);
  await Promise.allSettled(files.map((file) => store.add(file)));
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));

self.addEventListener("activate", (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((n) => n !== STORE).map((n) => caches.delete(n))))
      .then(() => self.clients.claim()),
  ),
);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(() => caches.match(PAGE)));
  } else if (new URL(request.url).pathname.startsWith("/static/")) {
    event.respondWith(fetch(request).catch(() => caches.match(request).then((kept) => kept ?? Response.error())));
  }
});
