"""imap_clients.py PORT: reads what the server there says, and checks every value."""
import datetime, imaplib, sys
import imapclient
from imapclient.response_types import Address

port = int(sys.argv[1])
BODY = b'Subject: a (b) "c" {3}\r\n\r\n* 1 EXISTS\r\n)\r\na2 OK\r\n'
NAMES = [b'INBOX', b'two words', b'a "b" \\ c', b'NIL', b'Entw&APw-rfe', b'a]b{3}', b'line\r\nbreak']


def same(what, got, expected):
    if got != expected:
        sys.exit('%s: %r, and should be %r' % (what, got, expected))


# imaplib cuts responses, and leaves most of them as they are.
M = imaplib.IMAP4('127.0.0.1', port)
same('welcome', M.welcome, b'* OK ready')
same('capabilities', M.capabilities, ('IMAP4REV1', 'NAMESPACE', 'ID', 'UIDPLUS'))
same('login', M.login('alice', 'c d'), ('OK', [b'done']))
same('select', M.select(), ('OK', [b'23']))
same('flags', M.response('FLAGS'), ('FLAGS', [b'(\\Seen \\Deleted $Junk)']))
same('uidvalidity', M.response('UIDVALIDITY'), ('UIDVALIDITY', [b'3857529045']))
same('uidnext', M.response('UIDNEXT'), ('UIDNEXT', [b'4392']))
same('permanentflags', M.response('PERMANENTFLAGS'), ('PERMANENTFLAGS', [b'(\\Seen \\*)']))
same('read-write', M.response('READ-WRITE')[1], [b''])
same('search', M.search(None, 'ALL'), ('OK', [b'2 84 4294967295']))
same('status', M.status('x', '(MESSAGES UIDNEXT UNSEEN)'), ('OK', [b'x (MESSAGES 231 UIDNEXT 44292 UNSEEN 0)']))
same('namespace', M.namespace(), ('OK', [b'(("" "/")) NIL (("#shared/" "/")("#ne\\"ws/" "/"))']))
same('expunge', M.expunge(), ('OK', [b'3', b'3', b'5']))
kind, data = M.list()
literals = [part[1] for part in data if isinstance(part, tuple)]
same('list', (kind, literals), ('OK', [b'line\r\nbreak']))
kind, data = M.fetch('1', '(BODY[])')
literals = [part[1] for part in data if isinstance(part, tuple)]
same('fetch', literals, [b'two\r\nlines {5} (and) "quotes"', 'J\u00f6rg'.encode(), BODY])
same('logout', M.logout()[0], 'BYE')

# imapclient reads them.
client = imapclient.IMAPClient('127.0.0.1', port=port, ssl=False, use_uid=False)
client.normalise_times = False
client.folder_encode = False
client.login('a', 'b')
same('id', client.id_(), ((b'name', b'mail"wire', b'version', None),))
selected = client.select_folder('INBOX')
same('select', {name: selected[name] for name in (b'EXISTS', b'RECENT', b'UIDVALIDITY', b'UIDNEXT', b'FLAGS', b'PERMANENTFLAGS')}, {
    b'EXISTS': 23, b'RECENT': 0, b'UIDVALIDITY': 3857529045, b'UIDNEXT': 4392,
    b'FLAGS': (b'\\Seen', b'\\Deleted', b'$Junk'), b'PERMANENTFLAGS': (b'\\Seen', b'\\*')})
same('list', client.list_folders(), [((b'\\HasNoChildren', b'\\Marked'), b'/', name) for name in NAMES])
same('status', client.folder_status('x'), {b'MESSAGES': 231, b'UIDNEXT': 44292, b'UNSEEN': 0})
same('namespace', tuple(client.namespace()), (((b'', '/'),), None, ((b'#shared/', '/'), (b'#ne"ws/', '/'))))
same('search', list(client.search()), [2, 84, 4294967295])
message = client.fetch([1], ['ALL'])[1]
same('uid', message[b'UID'], 4294967295)
same('seq', message[b'SEQ'], 1)
same('flags', message[b'FLAGS'], (b'\\Seen', b'$Forwarded'))
same('internaldate', message[b'INTERNALDATE'],
     datetime.datetime(1996, 7, 7, 2, 44, 25, tzinfo=message[b'INTERNALDATE'].tzinfo))
same('offset', message[b'INTERNALDATE'].utcoffset(), datetime.timedelta(hours=-7))
same('size', message[b'RFC822.SIZE'], 5000000000)
same('modseq', message[b'MODSEQ'], (12121231000,))
same('body', message[b'BODY[]'], BODY)
envelope = message[b'ENVELOPE']
same('date', envelope.date, datetime.datetime(1996, 7, 17, 2, 23, 25, tzinfo=envelope.date.tzinfo))
same('subject', envelope.subject, b'two\r\nlines {5} (and) "quotes"')
same('from', envelope.from_, (Address(b'A "quoted" \\ name', None, b'a.b', b'example.test'),))
same('to', envelope.to, (
    Address(None, None, b'c', b'example.test'), Address(None, None, b'group', None), Address(None, None, None, None),
    Address('J\u00f6rg'.encode(), None, b'j', b'example.test')))
same('the rest', (envelope.sender, envelope.reply_to, envelope.cc, envelope.bcc, envelope.in_reply_to), (None,) * 5)
same('message-id', envelope.message_id, b'<1@example.test>')
structure = message[b'BODYSTRUCTURE']
same('multipart', (structure.is_multipart, structure[1:]), (True, (b'MIXED', None, None, None, None)))
common = ((b'charset', b'utf-8'), None, b'what it is', b'7BIT', 5000000000)
same('parts', [tuple(part) for part in structure[0]], [
    (b'TEXT', b'PLAIN') + common + (48, None, None, (b'de', b'en'), None),
    (b'APPLICATION', b'PDF') + common + (None, (b'attachment', (b'filename', b'a "b".pdf')), None, b'here')])
client.logout()
