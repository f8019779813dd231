package worker

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// A frame is one message on a pipe: magic, kind, the lengths of head and body (big-endian), head, body. The magic
// shows when something else was printed into the pipe.
type frame struct {
	kind byte
	head []byte // JSON, or empty
	body []byte
}

const (
	kindLimits  = 'L' // to the worker, once: head is its limits; from the worker, once: it keeps them
	kindRequest = 'R' // to the worker: head is the request, body the file
	kindAnswer  = 'A' // from the worker: body is the payload
	kindRefusal = 'E' // from the worker: the handler's error
	kindPanic   = 'P' // from the worker: body is the panic
	kindTooBig  = 'O' // from the worker: the payload was over its limit
)

var magic = [4]byte{'t', 'd', 'o', 1}

var (
	errNotFrame = errors.New("the pipe carries something that is not a message of a worker")
	errTooLong  = errors.New("the message is longer than allowed")
)

// maxHead bounds the head of a frame: names and limits, nothing that a file could stretch.
const maxHead = 64 << 10

func writeFrame(w io.Writer, f frame) error {
	var b bytes.Buffer
	b.Write(magic[:])
	b.WriteByte(f.kind)
	b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(f.head))))
	b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(f.body))))
	b.Write(f.head)
	if _, err := w.Write(b.Bytes()); err != nil {
		return err
	}
	_, err := w.Write(f.body)
	return err
}

// readFrame reads one frame whose body is at most maxBody bytes. It returns io.EOF when the pipe was closed between
// two frames, which is how a worker is told to go.
func readFrame(r io.Reader, maxBody int) (frame, error) {
	var start [13]byte
	if _, err := io.ReadFull(r, start[:]); err != nil {
		return frame{}, err
	}
	if !bytes.Equal(start[:4], magic[:]) {
		return frame{}, errNotFrame
	}
	head := binary.BigEndian.Uint32(start[5:])
	body := binary.BigEndian.Uint32(start[9:])
	if head > maxHead || int64(body) > int64(maxBody) {
		return frame{}, fmt.Errorf("%w: %d bytes", errTooLong, body)
	}
	both := make([]byte, int(head)+int(body))
	if _, err := io.ReadFull(r, both); errors.Is(err, io.EOF) {
		return frame{}, io.ErrUnexpectedEOF // io.EOF means the end between two frames
	} else if err != nil {
		return frame{}, err
	}
	return frame{kind: start[4], head: both[:head:head], body: both[head:]}, nil
}
