package io.gatehouse.it.browser;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/** A picture of a page, reduced in size: 256 colours are enough for text on a plain background. */
final class SmallPng {
  private static final int MAX_COLOURS = 256;

  // The squares of the distances at which colours count as different, tried in this order.
  private static final int[] STEPS = {1, 3, 6, 10, 16, 25, 40, 80, 160};

  private SmallPng() {}

  static byte[] of(byte[] png) {
    try {
      var image = ImageIO.read(new ByteArrayInputStream(png));
      return written(withPalette(image));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage withPalette(BufferedImage image) {
    var width = image.getWidth();
    var height = image.getHeight();
    var pixels = image.getRGB(0, 0, width, height, null, 0, width);
    var palette = palette(pixels);
    var colours = new int[palette.size()];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = palette.get(i);
    }
    var model = new IndexColorModel(8, colours.length, colours, 0, false, -1, 0);
    var small = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
    var nearest = new HashMap<Integer, Integer>();
    for (int i = 0; i < pixels.length; i++) {
      var index = nearest.computeIfAbsent(pixels[i] & 0xFFFFFF, it -> nearest(it, palette));
      small.getRaster().setSample(i % width, i / width, 0, index);
    }
    return small;
  }

  /** Returns the most frequent colours, without those that hardly differ from an earlier one. */
  private static List<Integer> palette(int[] pixels) {
    var counts = new HashMap<Integer, Integer>();
    for (var pixel : pixels) {
      counts.merge(pixel & 0xFFFFFF, 1, Integer::sum);
    }
    var byCount =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    var palette = new ArrayList<Integer>();
    for (var step : STEPS) {
      palette.clear();
      for (var colour : byCount) {
        if (palette.stream().noneMatch(it -> distance(it, colour) < step)) {
          palette.add(colour);
        }
        if (palette.size() > MAX_COLOURS) {
          break;
        }
      }
      if (palette.size() <= MAX_COLOURS) {
        return palette;
      }
    }
    return palette.subList(0, MAX_COLOURS);
  }

  private static int nearest(int colour, List<Integer> palette) {
    int best = 0;
    for (int i = 1; i < palette.size(); i++) {
      if (distance(palette.get(i), colour) < distance(palette.get(best), colour)) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int one, int other) {
    int red = (one >> 16 & 0xFF) - (other >> 16 & 0xFF);
    int green = (one >> 8 & 0xFF) - (other >> 8 & 0xFF);
    int blue = (one & 0xFF) - (other & 0xFF);
    return red * red + green * green + blue * blue;
  }

  private static byte[] written(BufferedImage image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("png").next();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      var compression = writer.getDefaultWriteParam();
      compression.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      compression.setCompressionQuality(0); // the smallest, and it is lossless
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), compression);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
