package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"io"
)

// decode undoes the filters of a stream. A stream that holds an image is not decoded: refuse("damaged").
func (s *source) decode(dict object, data []byte) ([]byte, error) {
	filters, parms := s.filters(dict)
	for i, f := range filters {
		var err error
		if data, err = s.undo(f, parms[i], data); err != nil {
			return nil, err
		}
		if s.spent += len(data); s.spent > s.limits.Inflated {
			return nil, refuse("over_limits")
		}
	}
	return data, nil
}

// filters are the names of a stream's filters and the parameters of each.
func (s *source) filters(dict object) (names []string, parms []object) {
	filter, parm := s.resolve(dict.get("Filter")), s.resolve(dict.get("DecodeParms"))
	if filter.kind == nameKind {
		return []string{string(filter.raw)}, []object{parm}
	}
	for i, f := range filter.list {
		names = append(names, string(s.resolve(f).raw))
		p := object{}
		if i < len(parm.list) && parm.kind == arrayKind {
			p = s.resolve(parm.list[i])
		}
		parms = append(parms, p)
	}
	return names, parms
}

func (s *source) undo(filter string, parm object, data []byte) ([]byte, error) {
	switch filter {
	case "FlateDecode", "Fl":
		data, err := s.inflate(data)
		if err != nil {
			return nil, err
		}
		return s.unpredict(parm, data)
	case "LZWDecode", "LZW":
		early := s.resolve(parm.get("EarlyChange"))
		data, err := unLZW(data, early.kind != numberKind || early.num != 0, s.limits.Stream)
		if err != nil {
			return nil, err
		}
		return s.unpredict(parm, data)
	case "ASCII85Decode", "A85":
		return unASCII85(data)
	case "ASCIIHexDecode", "AHx":
		l := lexer{data: data}
		return l.hex(), nil
	case "RunLengthDecode", "RL":
		return unRunLength(data, s.limits.Stream)
	case "Crypt":
		return data, nil
	}
	return nil, refuse("damaged")
}

// inflate fails on a wrong checksum: a stream that was damaged on its way is refused, not read as far as it goes.
func (s *source) inflate(data []byte) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(bytes.TrimLeft(data, "\r\n")))
	if err != nil {
		return nil, refuse("damaged")
	}
	var out bytes.Buffer
	n, err := out.ReadFrom(io.LimitReader(z, int64(s.limits.Stream)+1))
	if n > int64(s.limits.Stream) {
		return nil, refuse("over_limits")
	}
	if err != nil {
		return nil, refuse("damaged")
	}
	return out.Bytes(), nil
}

// unpredict undoes the PNG predictors (10–15) and the TIFF predictor of bytes (2).
func (s *source) unpredict(parm object, data []byte) ([]byte, error) {
	number := func(key string, other int) int {
		if o := s.resolve(parm.get(key)); o.kind == numberKind {
			return int(o.num)
		}
		return other
	}
	predictor := number("Predictor", 1)
	if predictor < 2 {
		return data, nil
	}
	colors, bits, columns := number("Colors", 1), number("BitsPerComponent", 8), number("Columns", 1)
	if colors < 1 || colors > 32 || bits < 1 || bits > 16 || columns < 1 || columns > 1<<20 {
		return nil, refuse("damaged")
	}
	pixel, width := max(1, colors*bits/8), (columns*colors*bits+7)/8
	if predictor == 2 {
		for start := 0; start < len(data) && bits == 8; start += width {
			for i := start + pixel; i < min(start+width, len(data)); i++ {
				data[i] += data[i-pixel]
			}
		}
		return data, nil
	}
	out := make([]byte, 0, len(data))
	above := make([]byte, width)
	for ; len(data) > 1; data = data[min(len(data), width+1):] {
		row := make([]byte, width)
		copy(row, data[1:])
		if err := unPNG(data[0], row, above, pixel); err != nil {
			return nil, err
		}
		out = append(out, row[:min(width, len(data)-1)]...)
		above = row
	}
	return out, nil
}

func unPNG(method byte, row, above []byte, pixel int) error {
	for i := range row {
		var left, upperLeft byte
		if i >= pixel {
			left, upperLeft = row[i-pixel], above[i-pixel]
		}
		switch method {
		case 0:
			return nil
		case 1:
			row[i] += left
		case 2:
			row[i] += above[i]
		case 3:
			row[i] += byte((int(left) + int(above[i])) / 2)
		case 4:
			row[i] += paeth(left, above[i], upperLeft)
		default:
			return refuse("damaged")
		}
	}
	return nil
}

// paeth is the predictor of PNG filter 4: of the three neighbours the one nearest to left + above − upper left.
func paeth(left, above, upperLeft byte) byte {
	distance := func(n int) int { return max(n, -n) }
	a, b, c := int(left), int(above), int(upperLeft)
	da, db, dc := distance(b-c), distance(a-c), distance(a+b-2*c)
	switch {
	case da <= db && da <= dc:
		return left
	case db <= dc:
		return above
	}
	return upperLeft
}

func unASCII85(data []byte) ([]byte, error) {
	data = bytes.TrimPrefix(bytes.TrimSpace(data), []byte("<~"))
	if end := bytes.IndexByte(data, '~'); end >= 0 {
		data = data[:end]
	}
	out := make([]byte, 4*len(data)) // a "z" stands for four bytes
	n, _, err := ascii85.Decode(out, data, true)
	if err != nil {
		return nil, refuse("damaged")
	}
	return out[:n], nil
}

func unRunLength(data []byte, limit int) ([]byte, error) {
	var out []byte
	for i := 0; i < len(data) && data[i] != 128; {
		n := int(data[i])
		i++
		if n < 128 {
			end := min(len(data), i+n+1)
			out = append(out, data[i:end]...)
			i = end
		} else if i < len(data) {
			out = append(out, bytes.Repeat(data[i:i+1], 257-n)...)
			i++
		}
		if len(out) > limit {
			return nil, refuse("over_limits")
		}
	}
	return out, nil
}

// unLZW undoes the LZW of PDF, whose codes grow one early unless the parameters say otherwise; compress/lzw has no such mode.
func unLZW(data []byte, early bool, limit int) ([]byte, error) {
	const clearCode, endCode = 256, 257
	type entry struct{ start, size int } // where in out the string of a code was first written
	var out []byte
	var table [4096]entry
	next, width, previous := 258, 9, -1
	bits, have := 0, 0
	ahead := 0
	if early {
		ahead = 1
	}
	for _, b := range data {
		bits, have = bits<<8|int(b), have+8
		if have < width {
			continue
		}
		code := bits >> (have - width) & (1<<width - 1)
		have -= width
		bits &= 1<<have - 1
		if code == endCode {
			return out, nil
		}
		if code == clearCode {
			next, width, previous = 258, 9, -1
			continue
		}
		start := len(out)
		switch {
		case code < 256:
			out = append(out, byte(code))
		case code < next:
			e := table[code]
			out = append(out, out[e.start:e.start+e.size]...)
		case code == next && previous >= 0:
			out = append(out, out[previous:start]...)
			out = append(out, out[previous])
		default:
			return nil, refuse("damaged")
		}
		if len(out) > limit {
			return nil, refuse("over_limits")
		}
		if previous >= 0 && next < len(table) {
			table[next] = entry{previous, start - previous + 1} // the previous string and the first byte of this one
			next++
		}
		previous = start
		for width < 12 && next+ahead >= 1<<width {
			width++
		}
	}
	return out, nil
}
