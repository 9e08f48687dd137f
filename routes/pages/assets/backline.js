// What pages do beyond reading: put parts in, show votes as they come, vote, suggest, import. Without it every page can be read.
'use strict';

const PART = 'text/vnd.backline.part+html';
const live = text => { document.getElementById('live').textContent = text; };
let shown;
/** Says something to everybody: read aloud, and seen for a while. */
const say = text => {
  live(text);
  const box = document.getElementById('live');
  box.classList.add('said-aloud');
  clearTimeout(shown);
  shown = setTimeout(() => box.classList.remove('said-aloud'), 5000);
};

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

/** Asks for JSON; a failure is an Error with what the server says. */
async function ask(method, address, body) {
  let answer;
  try {
    answer = await fetch(address, {
      method,
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body && JSON.stringify(body),
    });
  } catch (e) {
    throw new Error('the server cannot be reached');
  }
  const document = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(document.detail || 'the server answers ' + answer.status);
  return document;
}

function skeleton() {
  return element('div', { className: 'skeleton' }, element('span'), element('span'), element('span'));
}

function trouble(what, again) {
  const button = element('button', { type: 'button', textContent: 'Try again' });
  button.addEventListener('click', again);
  const box = element('div', { className: 'trouble' }, element('p', { textContent: what }), button);
  box.setAttribute('role', 'alert');
  return box;
}

// --- Parts ---------------------------------------------------------------------------------------

/** Puts a part in; fresh: whatever the browser has kept of it. */
async function load(part, { address = part.dataset.part, fresh = false } = {}) {
  part.setAttribute('aria-busy', 'true');
  if (!part.dataset.loaded) part.replaceChildren(skeleton());
  try {
    const answer = await fetch(address, { headers: { Accept: PART }, cache: fresh ? 'no-cache' : 'default' });
    if (!answer.ok) throw new Error();
    const text = await answer.text();
    const open = address === part.dataset.part ? [...part.querySelectorAll('details')].map(it => it.open) : [];
    part.innerHTML = text; // made by the server, every text of a source escaped
    part.querySelectorAll('details').forEach((it, n) => { it.open = n in open ? open[n] : it.open; });
    part.dataset.loaded = 'true';
    begin(part);
  } catch (e) {
    part.replaceChildren(trouble('This part could not be loaded.', () => load(part, { address, fresh: true })));
    delete part.dataset.loaded;
  } finally {
    part.removeAttribute('aria-busy');
  }
}

/** Another page of a part is there: whoever turned it is at its head. */
function turned(part) {
  const head = part.closest('section').querySelector('h2');
  head.tabIndex = -1;
  head.focus();
}

function begin(root) {
  for (const image of root.querySelectorAll('.picture img')) {
    const gone = () => image.remove();
    if (image.complete && !image.naturalWidth) gone();
    else image.addEventListener('error', gone);
  }
  for (const list of root.querySelectorAll('[data-events]')) votes(list);
  for (const form of root.querySelectorAll('[data-suggest]')) suggest(form);
  operations(root);
  for (const waiting of root.querySelectorAll('[data-again]')) {
    const own = waiting.closest('[data-part]');
    if (own) setTimeout(() => load(own, { fresh: true }), waiting.dataset.again * 1000);
  }
  const part = root.closest && root.closest('[data-part]');
  if (part) {
    for (const link of part.querySelectorAll('.pages a')) {
      link.addEventListener('click', event => {
        event.preventDefault();
        load(part, { address: link.href }).then(() => turned(part));
      });
    }
  }
}

// --- Votes ---------------------------------------------------------------------------------------

const opened = new Map();

function votes(list) {
  for (const button of list.querySelectorAll('[data-vote]')) {
    button.disabled = false;
    button.addEventListener('click', () => vote(button));
  }
  const address = list.dataset.events;
  if (opened.has(address)) opened.get(address).close();
  const stream = new EventSource(address);
  opened.set(address, stream);
  stream.addEventListener('votes', event => show(list, JSON.parse(event.data)));
}

async function vote(button) {
  const cast = button.getAttribute('aria-pressed') !== 'true';
  button.disabled = true;
  try {
    const now = await ask(cast ? 'PUT' : 'DELETE', button.dataset.vote);
    button.setAttribute('aria-pressed', String(now.voted));
    count(button.closest('[data-entry]'), now.votes, now.voted);
  } catch (e) {
    say('The vote was not counted: ' + e.message);
  } finally {
    button.disabled = false;
    button.focus();
  }
}

function show(list, told) {
  const mine = told.mine && new Set(told.mine);
  let unknown = false;
  for (const [entry, number] of Object.entries(told.votes)) {
    const row = list.querySelector('[data-entry="' + CSS.escape(entry) + '"]');
    if (!row) {
      unknown = true;
      continue;
    }
    count(row, number, false);
    if (mine) row.querySelector('[data-vote]').setAttribute('aria-pressed', String(mine.has(entry)));
  }
  const part = list.closest('[data-part]');
  if (unknown && part) {
    const at = list.contains(document.activeElement) && document.activeElement.closest('[data-entry]');
    load(part, { fresh: true }).then(() => {
      const same = at && part.querySelector('[data-entry="' + CSS.escape(at.dataset.entry) + '"] button');
      if (same) same.focus();
    });
  }
}

function count(row, number, own) {
  const shown = row.querySelector('[data-count]');
  if (shown.textContent === String(number)) return;
  shown.textContent = number;
  live(row.querySelector('.title').textContent + ': ' + number + (number === 1 ? ' vote' : ' votes') + (own ? ', with yours' : ''));
}

// --- Suggestions ---------------------------------------------------------------------------------

function suggest(form) {
  form.hidden = false;
  const input = form.querySelector('input');
  const choices = form.querySelector('.choices');
  const help = form.querySelector('p');
  const elsewhere = form.querySelector('[data-elsewhere]');
  let timer;
  const choice = (text, order, title) => {
    const button = element('button', { type: 'button', textContent: text });
    button.dir = 'auto';
    button.addEventListener('click', () => add(order, title));
    return element('li', {}, button);
  };
  const find = async () => {
    const text = input.value.trim();
    choices.replaceChildren();
    elsewhere.hidden = text.length < 2;
    if (text.length < 2) return;
    try {
      const found = await ask('GET', form.dataset.songs + '?pageSize=8&q=' + encodeURIComponent(text));
      if (input.value.trim() !== text) return;
      help.textContent = found.total ? found.total + (found.total === 1 ? ' song' : ' songs') : 'No song of this artist is called so.';
      choices.replaceChildren(...found.items.map(song => choice(song.title, { songId: song.id }, song.title)));
    } catch (e) {
      help.textContent = 'Songs could not be looked for: ' + e.message;
    }
  };
  const look = async () => {
    const text = input.value.trim();
    choices.replaceChildren(element('li', {}, skeleton()));
    elsewhere.disabled = true;
    try {
      const words = (text + ' ' + form.dataset.artist).slice(0, 100);
      const found = await ask('GET', '/api/spotify/tracks?q=' + encodeURIComponent(words));
      help.textContent = found.items.length ? 'Tracks on Spotify' : 'Spotify has no track called so.';
      choices.replaceChildren(...found.items.map(track => choice(
        track.title + ' · ' + track.artist + (track.album ? ' · ' + track.album : ''),
        track.songId ? { songId: track.songId } : { spotifyId: track.spotifyId },
        track.title)));
    } catch (e) {
      choices.replaceChildren();
      help.textContent = 'Spotify could not be looked through: ' + e.message;
    } finally {
      elsewhere.disabled = false;
    }
  };
  elsewhere.addEventListener('click', look);
  const add = async (order, title) => {
    try {
      const done = await ask('POST', form.dataset.suggest, order);
      say(title + (done.added ? ' is suggested' : ' is on the list already'));
      input.value = '';
      choices.replaceChildren();
      const part = form.closest('[data-part]');
      if (part) {
        await load(part, { fresh: true });
        const row = part.querySelector('[data-entry="' + CSS.escape(done.entryId) + '"] button');
        if (row) row.focus();
      } else location.reload();
    } catch (e) {
      help.textContent = 'It was not suggested: ' + e.message;
    }
  };
  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(find, 250); });
  form.addEventListener('submit', event => { event.preventDefault(); find(); });
}

// --- Import --------------------------------------------------------------------------------------

function imports(section) {
  section.hidden = false;
  const found = section.querySelector('.found');
  section.querySelector('[data-look]').addEventListener('click', async event => {
    const button = event.currentTarget;
    button.disabled = true;
    found.replaceChildren(skeleton());
    try {
      const answer = await ask('GET', '/api/spotify/artists?q=' + encodeURIComponent(section.dataset.import));
      found.replaceChildren(...(answer.items.length ? answer.items.map(candidate) : [element('p', { textContent: 'No source knows an artist of this name.' })]));
    } catch (e) {
      found.replaceChildren(trouble('Could not look: ' + e.message, () => button.click()));
    } finally {
      button.disabled = false;
    }
  });
  const candidate = artist => {
    if (artist.artistId) {
      const link = element('a', { href: '/artists/' + artist.artistId, textContent: artist.name + ' is here already' });
      link.dir = 'auto';
      return element('p', {}, link);
    }
    const button = element('button', { type: 'button' }, artist.name + (artist.genres && artist.genres.length ? ' · ' + artist.genres.slice(0, 3).join(', ') : ''));
    button.dir = 'auto';
    button.addEventListener('click', async () => {
      button.disabled = true;
      found.append(skeleton());
      try {
        const begun = await ask('POST', '/api/artists/import', { spotifyId: artist.spotifyId });
        location.href = '/imports/' + begun.run;
      } catch (e) {
        found.replaceChildren(trouble('It could not be imported: ' + e.message, () => location.reload()));
      }
    });
    return button;
  };
}

// --- Operations ----------------------------------------------------------------------------------

function operations(root) {
  for (const button of root.querySelectorAll('[data-do]')) {
    button.addEventListener('click', async () => {
      const [method, address] = button.dataset.do.split(' ');
      button.disabled = true;
      const part = button.closest('[data-part]');
      const said = root.querySelector('.said');
      try {
        const done = await ask(method, address, button.dataset.body ? JSON.parse(button.dataset.body) : undefined);
        const runs = done.runs || [];
        for (const run of runs) await ended(run.progress);
        say('Done');
        if (part) await load(part, { fresh: true });
        else location.reload();
      } catch (e) {
        if (said) said.textContent = e.message;
        say('It did not work: ' + e.message);
      } finally {
        button.disabled = false;
      }
    });
  }
  for (const form of root.querySelectorAll('[data-letter]')) {
    const text = form.querySelector('textarea');
    try {
      text.value = JSON.stringify(JSON.parse(text.value), null, 2);
    } catch (e) { /* no JSON: shown as it is */ }
    const save = form.querySelector('[data-save]');
    if (save) save.addEventListener('click', async () => {
      const said = form.querySelector('.said');
      try {
        await ask('PUT', '/api/dead-letters/' + form.dataset.letter, { payload: JSON.parse(text.value) });
        said.textContent = 'Saved; replay applies it.';
      } catch (e) {
        said.textContent = 'Not saved: ' + e.message;
      }
    });
  }
}

/** Waits for the end of a run. */
function ended(progress) {
  return new Promise(resolve => {
    const stream = new EventSource(progress + '/events');
    stream.addEventListener('end', () => { stream.close(); resolve(); });
  });
}

function refresh(part) {
  setInterval(() => {
    const used = part.contains(document.activeElement) || part.querySelector('details[open]');
    if (!document.hidden && !used && !part.hasAttribute('aria-busy')) load(part, { fresh: true });
  }, part.dataset.refresh * 1000);
}

const STEPS = { fetching_artist: 'Artist', importing_shows: 'Shows', syncing_songs: 'Songs', creating_setlists: 'Setlists' };

/** Follows a run: a bar, its steps, and in the end the page of what it is about. */
function progress(box) {
  const bar = box.querySelector('progress');
  const steps = box.querySelector('.steps');
  const stream = new EventSource(box.dataset.progress);
  stream.addEventListener('progress', event => {
    const job = JSON.parse(event.data);
    bar.value = Math.max(bar.value, job.progress); // never backwards
    bar.textContent = bar.value + ' %';
    steps.replaceChildren(...job.steps.map(step => element('li', { textContent:
      (STEPS[step.step] || step.step.replaceAll('_', ' ')) + ': ' + step.processed + (step.total ? ' of ' + step.total : '') + (step.failed ? ', ' + step.failed + ' failed' : '') })));
    box.querySelector('.state').textContent = { pending: 'Waiting for its turn', in_progress: 'At work', completed: 'Done', partial: 'Done, with gaps', failed: 'Failed' }[job.status] || job.status;
  });
  stream.addEventListener('end', () => {
    stream.close();
    if (!box.querySelector('.button')) return location.reload(); // what was looked up may be there now
    live('The import has ended');
    box.querySelectorAll('.fills').forEach(it => it.remove());
  });
}

document.addEventListener('DOMContentLoaded', () => {
  for (const box of document.querySelectorAll('[data-progress]')) progress(box);
  begin(document);
  for (const part of document.querySelectorAll('[data-part]')) load(part);
  for (const part of document.querySelectorAll('[data-refresh]')) refresh(part);
  for (const section of document.querySelectorAll('[data-import]')) imports(section);
});
