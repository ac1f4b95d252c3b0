using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Apc.Benchmarks.Read;

/// <summary>
/// The limit: Kestrel and Npgsql without GraphQL, without a caller to check, writing the same JSON by hand from <c>jsonb</c> columns. What is asked stands in the
/// path and in one variable of the body.
/// </summary>
internal static class BareEndpoint
{
    private const string ListColumns =
        "id, name, status, \"statusReason\", \"healthStatus\", \"k8sVersion\", \"cloudProvider\", region, \"createdAt\", \"updatedAt\"";

    private const string OneColumns =
        "id, name, status, \"statusReason\", \"healthStatus\", \"k8sVersion\", \"cloudProvider\", region, \"dpChartVersion\", \"commanderVersion\", config, \"configOverride\", \"createdAt\", \"updatedAt\"";

    private static readonly string[] ListNames =
        ["id", "name", "status", "statusReason", "healthStatus", "k8sVersion", "cloudProvider", "region", "createdAt", "updatedAt"];

    private static readonly string[] OneNames =
        ["id", "name", "status", "statusReason", "healthStatus", "k8sVersion", "cloudProvider", "region", "dpChartVersion", "commanderVersion", "config", "configOverride", "createdAt", "updatedAt"];

    public static async Task<int> RunAsync(string url, string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Multiplexing = true,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 1,
            ReadBufferSize = 64 * 1024,
            MaxPoolSize = 8,
        };
        var source = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        source.EnableJsonTypes();
        await using var database = source.Build();

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        app.Run(http => AnswerAsync(http, database));
        await app.RunAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext http, NpgsqlDataSource database)
    {
        var id = await ReadVariableAsync(http.Request);
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });

        switch (http.Request.Path.Value)
        {
            case "/q1":
                buffer.Write("{\"data\":{\"__typename\":\"Query\"}}"u8);
                break;
            case "/q2":
                await using (var command = database.CreateCommand($"select {OneColumns} from bare.cluster where id = $1"))
                {
                    command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id!.Value });
                    await using var reader = await command.ExecuteReaderAsync();
                    await reader.ReadAsync();
                    buffer.Write("{\"data\":{\"cluster\":"u8);
                    WriteRow(json, reader, OneNames);
                    json.Flush();
                    buffer.Write("}}"u8);
                }

                break;
            case "/q3":
                await WritePageAsync(
                    database,
                    $"select {ListColumns} from bare.cluster where status = $1 order by \"createdAt\" desc, id desc limit 50",
                    "select coalesce(sum(n), 0)::int from houston$default.\"ClusterCounter\" where status = $1",
                    ["ACTIVE"],
                    json,
                    buffer);
                break;
            case "/q4":
                await WritePageAsync(
                    database,
                    $"select {ListColumns} from bare.cluster where status = $1 and \"cloudProvider\" = $2 and region = $3 order by \"createdAt\" desc, id desc limit 25",
                    "select coalesce(sum(n), 0)::int from houston$default.\"ClusterCounter\" where status = $1 and \"cloudProvider\" = $2 and region = $3",
                    ["INACTIVE", "aws", "us-east-1"],
                    json,
                    buffer);
                break;
            default:
                await WritePageAsync(
                    database,
                    $"select {ListColumns} from bare.cluster where (\"createdAt\", id) < (select \"createdAt\", id from bare.cluster where id = $1) order by \"createdAt\" desc, id desc limit 50",
                    count: null,
                    [id!.Value],
                    json,
                    buffer);
                break;
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = buffer.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(buffer.WrittenMemory);
    }

    private static async Task WritePageAsync(
        NpgsqlDataSource database, string page, string? count, object[] arguments, Utf8JsonWriter json, ArrayBufferWriter<byte> buffer)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command(page, arguments));

        if (count is not null)
        {
            batch.BatchCommands.Add(Command(count, arguments));
        }

        await using var reader = await batch.ExecuteReaderAsync();
        buffer.Write("{\"data\":{\"paginatedClusters\":{\"clusters\":"u8);
        json.WriteStartArray();

        while (await reader.ReadAsync())
        {
            WriteRow(json, reader, ListNames);
        }

        json.WriteEndArray();
        json.Flush();

        if (await reader.NextResultAsync() && await reader.ReadAsync())
        {
            buffer.Write(",\"count\":"u8);
            json.Reset(buffer);
            json.WriteNumberValue(reader.GetInt32(0));
            json.Flush();
        }

        buffer.Write("}}}"u8);
    }

    private static NpgsqlBatchCommand Command(string text, object[] arguments)
    {
        var command = new NpgsqlBatchCommand(text);

        foreach (var argument in arguments)
        {
            command.Parameters.Add(argument is Guid id
                ? new NpgsqlParameter<Guid> { TypedValue = id }
                : new NpgsqlParameter<string> { TypedValue = (string)argument });
        }

        return command;
    }

    private static void WriteRow(Utf8JsonWriter json, NpgsqlDataReader reader, string[] names)
    {
        json.WriteStartObject();

        for (var i = 0; i < names.Length; i++)
        {
            json.WritePropertyName(names[i]);

            switch (names[i])
            {
                case "id":
                    json.WriteStringValue(reader.GetGuid(i));
                    break;
                case "createdAt" or "updatedAt":
                    json.WriteStringValue(reader.GetDateTime(i));
                    break;
                case "statusReason" or "healthStatus" or "config" or "configOverride":
                    json.WriteRawValue(reader.GetFieldValue<byte[]>(i), skipInputValidation: true);
                    break;
                default:
                    json.WriteStringValue(reader.GetString(i));
                    break;
            }
        }

        json.WriteEndObject();
    }

    /// <summary>The only variable of the only request that has one.</summary>
    private static async Task<Guid?> ReadVariableAsync(HttpRequest request)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();

            if (!read.IsCompleted && read.Buffer.Length != request.ContentLength)
            {
                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var id = IdIn(read.Buffer);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            return id;
        }
    }

    private static Guid? IdIn(ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body);

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                return reader.GetGuid();
            }
        }

        return null;
    }
}
